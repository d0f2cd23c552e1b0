-- Who is quoted how often, at what length, where and how.
select
    speaker, type, mode(gender) as gender, mode(role) as role,
    count(*) as quotes, sum(words)::bigint as words, round(avg(words), 1) as words_a_quote,
    count(distinct document) as documents, count(distinct outlet) as outlets,
    count(*) filter (kind = 'direct') as direct, count(*) filter (kind = 'mixed') as mixed,
    count(*) filter (kind = 'indirect') as indirect,
    min(date) as first, max(date) as last, any_value(could_be) as could_be
from chosen
where speaker is not null
group by speaker, type
order by quotes desc, words desc, speaker, type
