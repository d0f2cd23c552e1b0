-- What all questions are asked of. `documents`, `entities` and `quotes` are the Parquet tables; `joined` says by which name
-- a speaker goes in the whole corpus (skazal.corpus.namesakes).

-- Texts that differ in case, ё, marks and spaces are the same text.
create macro fold(text) as replace(lower(text), 'ё', 'е');
create macro quote_key(text) as trim(regexp_replace(fold(text), '[^\p{L}\p{N}]+', ' ', 'g'));
create macro word_count(text) as len(regexp_extract_all(text, '[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*'));
create macro has_words(text, words) as list_has_all(split(quote_key(text), ' '), split(quote_key(words), ' '));
-- 2031-05-04 with or without a time, 2031/05/04, 04.05.2031; anything else is no date.
create macro day(written) as coalesce(
    try_cast(replace(left(written, 10), '/', '-') as date),
    try_cast(try_strptime(left(written, 10), '%d.%m.%Y') as date)
);

create view articles as
select document, json_extract_string(meta, $outlet) as outlet, day(json_extract_string(meta, $date)) as date
from documents;

create view speeches as
select
    q.document, q.quote, a.date, a.outlet,
    coalesce(j.joined, q.speaker) as speaker, q.speaker as named, q.speaker_type as type, q.speaker_gender as gender,
    q.speaker_role as role, coalesce(j.could_be, []) as could_be,
    q.kind, q.cue, q.cue_lemma, q.cue_stance as stance, q.relay, q.confidence, q.text,
    word_count(q.text) as words, quote_key(q.text) as key
from quotes q
join articles a using (document)
left join joined j on j.name = q.speaker and q.speaker_type = 'PER' and j.gender is not distinct from q.speaker_gender;
