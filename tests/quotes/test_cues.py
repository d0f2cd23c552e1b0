"""Cues: which words report speech, whatever stands between them and whatever the tagger takes them for."""

import pytest

from skazal.quotes.cues import CueSite, find_cues, within

from .scenes import SceneOf

FOUND = [
    ("verb", "Инна Лужина сказала, когда откроют мост.", "сказать", "сказала"),
    ("converb", "Инна Лужина ушла, добавив, что мост цел.", "добавить", "добавив"),
    ("infinitive", "Инна Лужина хочет подчеркнуть, что мост цел.", "подчеркнуть", "подчеркнуть"),
    ("predicative", "Мэр уверена, что мост откроют.", "уверен", "уверена"),
    ("noun", "Ответ мэра удивил всех.", "ответ", "Ответ"),
    ("verbal phrase", "Инна выразила уверенность, что мост цел.", "выразить уверенность", "выразила уверенность"),
    (
        "words between",
        "Инна выразила полную уверенность, что ждёт.",
        "выразить уверенность",
        "выразила полную уверенность",
    ),
    ("negation of the phrase", "Инна не сдержала эмоций: «Хватит!»", "не сдержать эмоций", "не сдержала эмоций"),
    ("preposition", "По словам мэра, мост цел.", "по словам", "По словам"),
    ("modifier in a preposition", "По его собственным словам, мост цел.", "по словам", "По его собственным словам"),
    ("long preposition", "Как следует из отчёта, мост цел.", "как следует из", "Как следует из"),
]


@pytest.mark.parametrize(("text", "lemma", "words"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_cues_are_found(scene_of: SceneOf, text: str, lemma: str, words: str) -> None:
    scene = scene_of(text)
    found = {site.entry.lemma: scene.text.slice(site.start, site.stop) for site in find_cues(scene.text)}
    assert found.get(lemma) == words


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Инна выразила вчера на площади перед людьми уверенность, что мост цел.", "выразить уверенность"),
        ("Инна выразила, что мост цел, и уверенность ушла.", "выразить уверенность"),
        ("Инна сдержала эмоций бурю.", "не сдержать эмоций"),
        ("По старым и новым словам мэра видно, что мост цел.", "по словам"),
        ("По мосту и словам мэра видно, что всё цело.", "по словам"),
        ("Стол стоит у окна.", "сказать"),
    ],
)
def test_other_words_are_no_cues(scene_of: SceneOf, text: str, lemma: str) -> None:
    assert lemma not in {site.entry.lemma for site in find_cues(scene_of(text).text)}


@pytest.mark.parametrize(
    ("text", "lemma", "negated"),
    [
        ("Инна Лужина не сказала, когда откроют мост.", "сказать", True),
        ("Инна Лужина ни сказала, ни написала.", "сказать", True),
        ("Инна Лужина не выразила уверенности, но сказала.", "сказать", False),
        ("Мэр не уверена, что мост откроют.", "уверен", True),
        ("Не мэр сказала это.", "сказать", False),
        ("Инна не сдержала эмоций: «Хватит!»", "не сдержать эмоций", False),
    ],
)
def test_negation_right_before_a_cue(scene_of: SceneOf, text: str, lemma: str, negated: bool) -> None:
    assert {site.entry.lemma: site.negated for site in find_cues(scene_of(text).text)}.get(lemma) is negated


@pytest.mark.parametrize(("form", "lemma"), [("возразила", "возразить"), ("отшутился", "отшутиться")])
def test_a_verb_that_the_tagger_takes_for_a_noun_is_a_cue(scene_of: SceneOf, form: str, lemma: str) -> None:
    scene = scene_of(f"«Хватит», — {form} Лось.")
    verb = next(word for word in scene.words if word.text == form)
    verb.pos, verb.lemma = "NOUN", form
    assert lemma in {site.entry.lemma for site in find_cues(scene.text)}


@pytest.mark.parametrize("form", ["стол", "зала", "отпоет"])
def test_a_noun_that_only_ends_like_a_verb_is_none(scene_of: SceneOf, form: str) -> None:
    scene = scene_of(f"«Хватит», — {form} Лось.")
    verb = next(word for word in scene.words if word.text == form)
    verb.pos, verb.lemma = "NOUN", form
    assert verb.i not in {site.word for site in find_cues(scene.text)}


def test_at_most_one_cue_begins_at_a_word(scene_of: SceneOf) -> None:
    sites = scene_of("Инна выразила уверенность, что, по словам мэра, сказано верно.").cues
    assert len({site.start for site in sites}) == len(sites)
    assert [site.start for site in sites] == sorted(site.start for site in sites)


def test_cues_within_a_stretch(scene_of: SceneOf) -> None:
    scene = scene_of("Инна сказала, что Иван ответил.")
    found: list[CueSite] = list(within(scene.cues, 0, 4))
    assert [site.entry.lemma for site in found] == ["сказать"]
