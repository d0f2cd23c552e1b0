"""The word lists are well formed: unique keys, closed sets of labels, words that Russian has."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError
from importlib import resources

import pymorphy3
import pytest

from skazal import lexicon
from skazal.errors import ArtefactError

CUE_KINDS = set(
    "say ask answer write publish relay document think argue order promise evaluate feel gesture voice".split()
)
STANCES = set("neutral claiming doubting conceding evaluating emphasizing denying emotional".split())
ROLE_KINDS = set("office profession person kin member group org document source".split())
TITLE_KINDS = set("work media org vehicle event award term place".split())
OUTLET_KINDS = set("agency paper magazine tv radio online network".split())
GENDERS = set("masc fem neut common plur".split()) | {""}
FILES = {"cues.tsv": 2, "roles.tsv": 1, "title_nouns.tsv": 1, "outlets.tsv": 1}


@pytest.fixture(scope="module")
def morph() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def rows(filename: str) -> list[list[str]]:
    text = resources.files(lexicon).joinpath(filename).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")][1:]


def has_tag(morph: pymorphy3.MorphAnalyzer, word: str, *grammemes: str) -> bool:
    return any(any(g in parse.tag for g in grammemes) for parse in morph.parse(word))


@pytest.mark.parametrize(("filename", "key_width"), FILES.items())
def test_keys_are_unique_and_cells_trimmed(filename: str, key_width: int) -> None:
    keys = [tuple(lexicon.fold(cell) for cell in row[:key_width]) for row in rows(filename)]
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    assert repeated == []
    assert [row for row in rows(filename) if any(cell != cell.strip() for cell in row)] == []


@pytest.mark.parametrize("filename", FILES)
def test_lists_tell_their_provenance(filename: str) -> None:
    head = resources.files(lexicon).joinpath(filename).read_text(encoding="utf-8")[:600]
    assert [word for word in ("# ", "Provenance:", "Licence:") if word not in head] == []


def test_labels_come_from_the_closed_sets() -> None:
    cues = lexicon.cues().values()
    assert {cue.pos for cue in cues} == {"VERB", "PRED", "NOUN", "PREP", "VPHRASE"}
    assert {cue.kind for cue in cues} <= CUE_KINDS
    assert {cue.stance for cue in cues} <= STANCES
    assert {frame for cue in cues for frame in cue.frames} == set("dcpmio")
    assert [cue.lemma for cue in cues if not cue.frames] == []
    assert {role.kind for role in lexicon.roles().values()} == ROLE_KINDS
    assert {role.gender for role in lexicon.roles().values()} <= GENDERS
    assert {noun.kind for noun in lexicon.title_nouns().values()} == TITLE_KINDS
    assert {outlet.kind for outlet in lexicon.outlets().values()} == OUTLET_KINDS


def test_broader_groups_exist() -> None:
    groups = {role.group for role in lexicon.roles().values()}
    assert {group for role in lexicon.roles().values() for group in role.broader} <= groups


def test_lists_are_as_full_as_news_needs() -> None:
    count = Counter(cue.pos for cue in lexicon.cues().values())
    assert count >= Counter(VERB=600, PRED=60, NOUN=60, PREP=60, VPHRASE=80)
    sizes = len(lexicon.roles()), len(lexicon.title_nouns()), len(lexicon.outlets())
    assert all(size >= floor for size, floor in zip(sizes, (700, 250, 150), strict=True))


def test_verbs_are_infinitives(morph: pymorphy3.MorphAnalyzer) -> None:
    verbs = [cue for cue in lexicon.cues().values() if cue.pos == "VERB"]
    unknown = [cue.lemma for cue in verbs if "newword" not in cue.note and not morph.word_is_known(cue.lemma)]
    assert unknown == []
    assert [c.lemma for c in verbs if "newword" not in c.note and not has_tag(morph, c.lemma, "INFN")] == []


def test_verb_phrases_hold_an_infinitive_or_a_predicative(morph: pymorphy3.MorphAnalyzer) -> None:
    phrases = [cue for cue in lexicon.cues().values() if cue.pos == "VPHRASE"]
    assert [cue.lemma for cue in phrases if len(cue.words) < 2] == []
    assert [c.lemma for c in phrases if not any(has_tag(morph, word, "INFN", "ADJS") for word in c.words[:2])] == []


def test_noun_cues_are_nouns(morph: pymorphy3.MorphAnalyzer) -> None:
    nouns = [cue.lemma for cue in lexicon.cues().values() if cue.pos == "NOUN" and "newword" not in cue.note]
    assert [lemma for lemma in nouns if not has_tag(morph, lemma, "NOUN")] == []


def test_predicatives_are_short_forms(morph: pymorphy3.MorphAnalyzer) -> None:
    assert [form for form in lexicon.predicatives() if not has_tag(morph, form, "ADJS", "PRTS")] == []


def test_prepositional_cues_end_before_the_source(morph: pymorphy3.MorphAnalyzer) -> None:
    prepositional = [cue.words for cue in lexicon.cues().values() if cue.pos == "PREP"]
    known = ("NOUN", "PREP", "GRND", "PRTS", "VERB", "INFN", "ADVB", "CONJ")
    assert [words for words in prepositional if not has_tag(morph, words[-1], *known)] == []


def test_both_spellings_of_yo_are_found() -> None:
    assert lexicon.cues()[lexicon.fold("убеждён"), "PRED"].lemma == "убеждён"
    assert lexicon.predicatives()["убеждены"].stance == "claiming"
    assert lexicon.roles()[lexicon.fold("учёный")] is lexicon.roles()["ученый"]


def test_examples_of_each_list() -> None:
    assert lexicon.cues()["пожать плечами", "VPHRASE"].words == ("пожать", "плечами")
    assert lexicon.cues()["сказать", "VERB"].frames >= {"d", "c", "p"}
    assert lexicon.cues()["по словам", "PREP"].words == ("по", "словам")
    assert lexicon.roles()["глава государства"].group == lexicon.roles()["президент"].group == "head_of_state"
    assert "athlete" in lexicon.roles()["фигуристка"].broader
    assert lexicon.title_nouns()["ледокол"].kind == "vehicle"
    assert lexicon.outlets()["тасс"].kind == "agency"


def test_entries_and_mappings_cannot_be_changed() -> None:
    cues = lexicon.cues()
    assert cues is lexicon.cues()
    with pytest.raises(TypeError):
        cues["x", "VERB"] = cues["сказать", "VERB"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        cues["сказать", "VERB"].note = "x"  # type: ignore[misc]


@pytest.mark.parametrize("load", [lexicon.cues, lexicon.roles, lexicon.title_nouns, lexicon.outlets])
def test_loading_is_quick(load: Callable[[], Mapping[object, object]]) -> None:
    uncached = load.__wrapped__  # type: ignore[attr-defined]
    uncached()
    started = time.process_time()
    uncached()
    assert time.process_time() - started < 0.5


def test_a_row_with_a_missing_column_is_named() -> None:
    with pytest.raises(ArtefactError, match=r"outlets\.tsv:\d+: 3 columns are wanted, 2 came: .* reinstall"):
        list(lexicon._rows("outlets.tsv", 3))
