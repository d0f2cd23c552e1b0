-- Shares of one measure; {by} is a column of `speeches`.
select
    '{by}' as measure, cast({by} as varchar) as value, count(*) as quotes,
    round(count(*) / sum(count(*)) over (), 4) as share, sum(words)::bigint as words,
    round(avg(words), 1) as words_a_quote, count(distinct document) as documents, count(distinct speaker) as speakers
from (select *, strftime(date, '%Y-%m') as month from chosen)
group by {by}
order by quotes desc, value
