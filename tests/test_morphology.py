"""Lemmas by tag, inflection with capitals, noun phrases in the nominative."""

import threading
from pathlib import Path

import pytest

from skazal.morphology import (
    analyzer,
    best_parse,
    declines,
    dictionary_tag,
    features,
    inflect,
    inflected,
    lemma,
    like,
    nominative_phrase,
    parses,
)
from skazal.words import Word

LEMMAS = """
стали VERB|Number=Plur|Tense=Past|VerbForm=Fin стать
стали NOUN|Case=Gen|Gender=Fem|Number=Sing сталь
Натальи PROPN|Animacy=Anim|Case=Gen|Gender=Fem|Number=Sing наталья
сказавшая VERB|Case=Nom|Gender=Fem|Number=Sing|VerbForm=Part сказать
действующего ADJ|Case=Gen|Gender=Masc|Number=Sing действующий
обвиняемого NOUN|Animacy=Anim|Case=Gen|Gender=Masc|Number=Sing обвиняемый
быстро ADV|Degree=Pos быстро
его PRON|Case=Gen|Gender=Masc|Number=Sing|Person=3 он
не PART не
"""

INFLECTED = """
Москвы PROPN|Case=Gen|Gender=Fem|Number=Sing Москва
МОСКВЫ PROPN|Case=Gen|Gender=Fem|Number=Sing МОСКВА
ОДКБ PROPN|Case=Gen|Gender=Fem|Number=Sing ОДКБ
США PROPN|Case=Gen|Number=Plur США
NASA X|Foreign=Yes NASA
Нью-Йорка PROPN|Case=Gen|Gender=Masc|Number=Sing Нью-Йорк
Нью-Тауна PROPN|Animacy=Inan|Case=Gen|Gender=Masc|Number=Sing Нью-Таун
Ростове-на-Дону PROPN|Case=Loc|Gender=Masc|Number=Sing Ростов-на-Дону
Санкт-Петербурге PROPN|Case=Loc|Gender=Masc|Number=Sing Санкт-Петербург
министра-председателя NOUN|Animacy=Anim|Case=Gen|Gender=Masc|Number=Sing министр-председатель
Нидерландов PROPN|Case=Gen|Number=Plur Нидерланды
третьего ADJ|Case=Gen|Gender=Masc|Number=Sing третий
людей NOUN|Animacy=Anim|Case=Gen|Gender=Masc|Number=Plur люди
"""

PHRASES = (Path(__file__).parent / "cases" / "noun_phrases.txt").read_text(encoding="utf-8")


def rows(block: str) -> list[list[str]]:
    return [line.split() for line in block.strip().splitlines()]


def phrase(spec: str) -> tuple[list[Word], str]:
    items = [item.rsplit("/", 2) for item in spec.split()]
    words, start = [], 0
    for i, (text, tag, head) in enumerate(items):
        pos, feats = features(tag)["pos"], {k: v for k, v in features(tag).items() if k != "pos"}
        above = -1 if head == "-" else int(head)
        words.append(Word(i, text, text.lower(), start, start + len(text), pos, feats, "", above, "", 0))
        start += len(text) + 1
    return words, " ".join(text for text, _, _ in items)


@pytest.mark.parametrize(("word", "tag", "expected"), rows(LEMMAS))
def test_lemma_of_the_reading_that_agrees_with_the_tag(word: str, tag: str, expected: str) -> None:
    assert lemma(word, tag) == expected


@pytest.mark.parametrize(("word", "tag", "expected"), rows(INFLECTED))
def test_nominative_keeps_capitals_and_what_does_not_decline(word: str, tag: str, expected: str) -> None:
    assert inflect(word, tag, "Nom") == expected


@pytest.mark.parametrize("line", [line for line in PHRASES.splitlines() if not line.startswith("#")])
def test_nominative_phrase(line: str) -> None:
    spec, expected = line.split(" → ")
    assert nominative_phrase(*phrase(spec)) == expected


def test_nominative_phrase_keeps_the_spacing_of_the_text() -> None:
    words, _ = phrase("тихой/ADJ|Case=Gen|Gender=Fem|Number=Sing/1 гавани/NOUN|Case=Gen|Gender=Fem|Number=Sing/-")
    words[1].start, words[1].end = 8, 14
    assert nominative_phrase(words, "тихой \n гавани") == "тихая \n гавань"


def test_nominative_phrase_of_nothing() -> None:
    assert nominative_phrase([], "") == ""


def test_capitals() -> None:
    assert like("Нью-Йорка", "нью-йорк") == "Нью-Йорк"
    assert like("ГОРОДА", "город") == "ГОРОД"
    assert like("города", "город") == "город"


def test_abbreviations_and_latin_do_not_decline() -> None:
    assert [declines(word) for word in ("МИД", "NASA", "Москва", "я")] == [False, False, True, True]


WORDS = "города мела стекла Лена сестёр мостовой обещанного ёжиков Зубцову по-новому из-за печь три Улан-Удэ".split()
WORDS += "Вяземборне суперпечками псевдосёстрам бровкидзе пой-ка Z-кадрами".split()  # not in the dictionary
TAGS = [
    "NOUN|Case=Gen|Number=Sing",
    "VERB|Tense=Past",
    "ADJ|Case=Nom",
    "PROPN|Case=Dat|Gender=Masc",
    "X",
    "NUM|Case=Gen",
]
GRAMMEMES = [{"nomn"}, {"gent", "plur"}, {"loc2", "sing"}, {"voct"}, {"nomn", "sing", "masc"}, {"femn", "accs"}]


@pytest.mark.parametrize("word", WORDS)
def test_shortcuts_into_the_dictionary_find_what_pymorphy_finds(word: str) -> None:
    for tag in TAGS:
        if best_parse(word, tag).tag.POS != "PRTF":
            assert lemma(word, tag) == best_parse(word, tag).normal_form
    for reading, parse in zip(parses(word), analyzer().parse(word), strict=True):
        for name in ("word", "tag", "normal_form", "score", "is_known"):
            assert getattr(reading, name) == getattr(parse, name)
        for grammemes in GRAMMEMES:
            form = parse.inflect(grammemes)
            assert inflected(reading, frozenset(grammemes)) == (form.word if form else None)


@pytest.mark.parametrize(
    ("word", "tag", "mended"),
    [
        ("порицает", "ADJ|Case=Acc|Number=Plur", ("VERB", "Fin", None)),
        ("сдаётся", "VERB|Mood=Ind|Number=Sing|VerbForm=Fin", None),
        ("развёл", "VERB|VerbForm=Conv", ("VERB", "Fin", None)),
        ("гиперссылки", "VERB|VerbForm=Fin", ("NOUN", None, "Gen")),
        ("тёще", "NOUN|Case=Ins|Number=Sing", ("NOUN", None, "Dat")),
        ("тёще", "NOUN|Case=Loc|Number=Sing", None),
        ("уверены", "ADJ|Number=Plur|Variant=Short", None),
        ("Наине", "NOUN|Case=Nom|Number=Sing", None),
        ("Халифа", "PROPN|Case=Nom|Number=Sing", None),
        ("друг", "PRON|Case=Nom", None),
        ("стали", "NOUN|Case=Nom|Number=Sing", None),
        ("бурлыка", "VERB|VerbForm=Fin", None),
    ],
)
def test_the_dictionary_contradicts_a_tag(word: str, tag: str, mended: tuple[str, str | None, str | None]) -> None:
    found = dictionary_tag(word, tag)
    assert (found and (found[0], found[1].get("VerbForm"), found[1].get("Case"))) == mended


def test_threads_share_one_analyzer() -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(parses("городами")[0].normal_form)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["город"] * 8


@pytest.mark.parametrize("word", "2026 1,5 IV Reuters COVID-19 — «» № 3/4 t.me І ß 🙂".split())
def test_what_has_no_cyrillic_letter_stays_as_pymorphy3_has_it(word: str) -> None:
    assert lemma(word, "NOUN|Case=Gen") == best_parse(word, "NOUN|Case=Gen").normal_form == word.lower()
