-- The same words in several articles: who had them first, and how they spread.
select
    arg_min(text, place) as text, list_sort(list(distinct speaker) filter (speaker is not null)) as speakers,
    count(*) as times, count(distinct document) as documents, count(distinct outlet) as outlets,
    min(date) as first, arg_min(outlet, place) as first_outlet, arg_min(document, place) as first_document,
    max(date) as last,
    list(distinct_place order by distinct_place) as spread,
    key
from (
    select *, (coalesce(date, date '9999-12-31'), document) as place,
        concat_ws(' ', date::varchar, coalesce(outlet, document)) as distinct_place
    from chosen
    where len(string_split(key, ' ')) >= 4
)
group by key
having count(distinct document) > 1
order by documents desc, times desc, first nulls last, key
