-- Quotes one by one; `times` counts those with the same words in the whole corpus.
select
    date, outlet, document, quote, speaker, type, gender, role, kind, cue, stance, relay, words, text, times, confidence,
    could_be
from (
    select c.*, r.times
    from chosen c
    join (select key, count(*) as times from speeches group by key) r using (key)
)
order by date nulls last, document, quote
