"""The results: their JSON form, the way back, and what is refused on it."""

from __future__ import annotations

import contextlib
import copy
import json
import pickle
import re
from dataclasses import fields
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skazal.document import (
    Cue,
    Document,
    Entity,
    Mention,
    Quote,
    Relay,
    Sentence,
    Span,
    Speaker,
    json_schema,
)
from skazal.errors import DocumentError, SkazalError

VALIDATOR = jsonschema.Draft202012Validator(json_schema())

TEXT = "«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина."
DOCUMENT = Document(
    id="bridge",
    text=TEXT,
    meta={"outlet": "Орловский вестник"},
    sentences=(Sentence(0, 58, TEXT),),
    entities=(
        Entity("e1", "LOC", "Орловка", None, (), (Mention(38, 45, "Орловки", "name"),)),
        Entity("e2", "PER", "Инна Лужина", "fem", ("мэр Орловки",), (Mention(46, 57, "Инна Лужина", "name", "full"),)),
    ),
    quotes=(
        Quote(
            id="q1",
            kind="direct",
            spans=(Span(1, 20, "Мост откроют осенью"),),
            text="Мост откроют осенью",
            speaker=Speaker("Инна Лужина", "PER", "e2", "мэр Орловки", "fem", Span(46, 57, "Инна Лужина")),
            cue=Cue(25, 33, "сообщила", "сообщить", semantic_class="report"),
            relay=None,
            within=None,
            confidence=0.97,
            rule="quote-dash-cue",
        ),
    ),
)


def spans(text: str) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    return ends.map(lambda pair: Span(pair[0], pair[1], text[pair[0] : pair[1]]))


def mentions(text: str) -> st.SearchStrategy[Mention]:
    kinds = st.sampled_from(("name", "nominal", "pronoun"))
    return st.builds(
        lambda span, kind, rule: Mention(span.start, span.end, span.text, kind, rule), spans(text), kinds, st.text()
    )


def cues(text: str) -> st.SearchStrategy[Cue]:
    maybe = st.none() | st.text()
    return st.builds(
        lambda span, lemma, act, stance: Cue(span.start, span.end, span.text, lemma, act, stance),
        spans(text),
        st.text(),
        maybe,
        maybe,
    )


def entities(text: str, key: str) -> st.SearchStrategy[Entity]:
    return st.builds(
        Entity,
        id=st.just(key),
        type=st.sampled_from(("PER", "LOC", "ORG")),
        name=st.text(),
        gender=st.sampled_from(("masc", "fem", None)),
        roles=st.lists(st.text(), max_size=2).map(tuple),
        mentions=st.lists(mentions(text), max_size=3).map(tuple),
    )


def speakers(text: str, keys: list[str]) -> st.SearchStrategy[Speaker]:
    return st.builds(
        Speaker,
        name=st.text(),
        type=st.sampled_from(("PER", "ROLE", "GROUP", "ORG", "DOC")),
        entity=st.sampled_from([None, *keys]),
        role=st.none() | st.text(),
        gender=st.sampled_from(("masc", "fem", None)),
        mention=st.none() | spans(text),
    )


def quotes(text: str, key: str, entity_keys: list[str], outer: list[str]) -> st.SearchStrategy[Quote]:
    return st.builds(
        Quote,
        id=st.just(key),
        kind=st.sampled_from(("direct", "mixed", "indirect")),
        spans=st.lists(spans(text), min_size=1, max_size=3).map(tuple),
        text=st.text(),
        speaker=st.none() | speakers(text, entity_keys),
        cue=st.none() | cues(text),
        relay=st.none() | st.builds(Relay, name=st.text(), mention=st.none() | spans(text)),
        within=st.sampled_from([None, *outer]),
        confidence=st.floats(0, 1),
        rule=st.text(),
        speaker_rule=st.text(),
    )


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(max_size=60))
    entity_keys = [f"e{n}" for n in range(1, draw(st.integers(1, 4)))]
    quote_keys = [f"q{n}" for n in range(1, draw(st.integers(1, 4)))]
    sentences = [Sentence(span.start, span.end, span.text) for span in draw(st.lists(spans(text), max_size=3))]
    return Document(
        id=draw(st.text()),
        text=text,
        meta=draw(st.dictionaries(st.text(), JSON_VALUES, max_size=3)),
        sentences=tuple(sentences),
        entities=tuple(draw(entities(text, key)) for key in entity_keys),
        quotes=tuple(draw(quotes(text, key, entity_keys, quote_keys[:n])) for n, key in enumerate(quote_keys)),
    )


@given(documents())
def test_json_form_is_valid_and_leads_back(document: Document) -> None:
    written = json.loads(document.to_json())
    VALIDATOR.validate(written)
    assert Document.from_dict(written) == document
    assert Document.from_dict(document.to_dict()) == document


@given(documents())
def test_pickle_leads_back(document: Document) -> None:
    assert pickle.loads(pickle.dumps(document)) == document


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_json_form_has_the_fields_of_the_contract() -> None:
    written = DOCUMENT.to_dict()
    assert list(written) == ["id", "text", "meta", "sentences", "entities", "quotes"]
    assert written["sentences"] == [{"start": 0, "end": 58}]
    assert written["entities"][0] == {
        "id": "e1",
        "type": "LOC",
        "name": "Орловка",
        "gender": None,
        "roles": [],
        "mentions": [{"start": 38, "end": 45, "text": "Орловки", "kind": "name", "rule": ""}],
    }
    assert written["quotes"][0] == {
        "id": "q1",
        "kind": "direct",
        "spans": [{"start": 1, "end": 20, "text": "Мост откроют осенью"}],
        "text": "Мост откроют осенью",
        "speaker": {
            "name": "Инна Лужина",
            "type": "PER",
            "entity": "e2",
            "role": "мэр Орловки",
            "gender": "fem",
            "mention": {"start": 46, "end": 57, "text": "Инна Лужина"},
        },
        "cue": {
            "start": 25,
            "end": 33,
            "text": "сообщила",
            "lemma": "сообщить",
            "semantic_class": "report",
            "stance": None,
        },
        "relay": None,
        "within": None,
        "confidence": 0.97,
        "rule": "quote-dash-cue",
        "speaker_rule": "",
    }


def test_every_part_has_its_own_way_back() -> None:
    quote, entity = DOCUMENT.quotes[0], DOCUMENT.entities[1]
    for part in (quote, quote.speaker, quote.cue, quote.spans[0], entity, entity.mentions[0], Relay("ТАСС", None)):
        assert part is not None
        assert type(part).from_dict(json.loads(part.to_json())) == part


def test_json_is_one_line_in_readable_letters() -> None:
    assert "Инна Лужина" in DOCUMENT.to_json()
    assert "\n" not in DOCUMENT.to_json()


def test_half_of_a_surrogate_pair_is_escaped_for_utf8() -> None:
    document = Document("", "до \ud83d после")
    assert document.to_json().encode("utf-8")
    assert Document.from_dict(json.loads(document.to_json())) == document


def test_objects_are_frozen_slotted_and_hashable() -> None:
    for part in (DOCUMENT, DOCUMENT.quotes[0], DOCUMENT.entities[0], DOCUMENT.sentences[0], DOCUMENT.quotes[0].cue):
        assert not hasattr(part, "__dict__")
        assert part in {part}
        with pytest.raises(AttributeError):
            setattr(part, fields(part)[0].name, "")  # type: ignore[arg-type]  # every part is a dataclass


def test_objects_print_as_what_a_reader_looks_for() -> None:
    assert str(DOCUMENT.quotes[0]) == "Инна Лужина: Мост откроют осенью"
    assert str(DOCUMENT.entities[0]) == "Орловка"
    assert str(DOCUMENT.quotes[0].cue) == "сообщила"
    assert repr(DOCUMENT) == "Document(id='bridge', 58 characters, 1 sentences, 2 entities, 1 quotes)"


def test_entity_is_found_by_its_id() -> None:
    assert DOCUMENT.entity("e2").name == "Инна Лужина"
    with pytest.raises(KeyError):
        DOCUMENT.entity("e3")


def test_fields_of_later_versions_are_left_aside() -> None:
    written = DOCUMENT.to_dict()
    for part in (written, written["sentences"][0], written["quotes"][0], written["quotes"][0]["cue"]):
        part["invented_later"] = {"a": 1}
    VALIDATOR.validate(written)
    assert Document.from_dict(written) == DOCUMENT


def test_documents_without_the_added_fields_are_read() -> None:
    written = DOCUMENT.to_dict()
    del written["quotes"][0]["speaker_rule"], written["quotes"][0]["cue"]["stance"]
    assert Document.from_dict(written) == DOCUMENT


WHOLE = "a whole number from 0 is wanted"

REFUSED_VALUES = [
    ("text", 5, "a string is wanted, 5 came"),
    ("meta", [], "an object is wanted, [] came"),
    ("sentences", "x", "a list is wanted, 'x' came"),
    ("sentences[0]", 7, "an object is wanted, 7 came"),
    ("sentences[0].start", -1, f"{WHOLE}, -1 came"),
    ("sentences[0].end", None, f"{WHOLE}, None came"),
    ("entities[0].type", "CITY", "one of PER, LOC, ORG is wanted, 'CITY' came"),
    ("entities[0].gender", ["fem"], "one of masc, fem is wanted, ['fem'] came"),
    ("entities[1].roles[0]", None, "a string is wanted, None came"),
    ("entities[0].mentions[0].start", True, f"{WHOLE}, True came"),
    ("entities[1].id", "e1", "the id 'e1' stands twice"),
    ("quotes[0].confidence", 1.5, "a number from 0 to 1 is wanted, 1.5 came"),
    ("quotes[0].within", "q1", "no other quote has the id 'q1'"),
    ("quotes[0].speaker.entity", "e9", "no entity has the id 'e9'"),
    ("quotes[0].cue.lemma", 3, "a string is wanted, 3 came"),
]

REFUSED_SPANS = [
    ("sentences[0]", "end", 59, "a span within 0 to 58 is wanted, start 0, end 59 came"),
    ("quotes[0].spans[0]", "start", 21, "a span within 0 to 58 is wanted, start 21, end 20 came"),
    ("entities[0].mentions[0]", "text", "Орлов", "the text at its offsets is 'Орловки', not 'Орлов'"),
    ("quotes[0].speaker.mention", "end", 56, "the text at its offsets is 'Инна Лужин', not 'Инна Лужина'"),
]


ADVICE = "; read what to_json() or to_dict() wrote"


def refusal_of(path: str, value: Any) -> str:
    """The message about DOCUMENT's JSON form with another value at ``path``."""
    written = copy.deepcopy(DOCUMENT.to_dict())
    *steps, last = [int(step) if step.isdigit() else step for step in re.findall(r"\w+", path)]
    part: Any = written
    for step in steps:
        part = part[step]
    part[last] = value
    with pytest.raises(DocumentError) as refusal:
        Document.from_dict(written)
    assert isinstance(refusal.value, SkazalError)
    return str(refusal.value)


@pytest.mark.parametrize(("path", "value", "problem"), REFUSED_VALUES)
def test_a_bad_value_is_refused_with_the_path_to_it(path: str, value: Any, problem: str) -> None:
    assert refusal_of(path, value) == f"{path}: {problem}{ADVICE}"


@pytest.mark.parametrize(("path", "name", "value", "problem"), REFUSED_SPANS)
def test_a_span_that_misses_its_text_is_refused(path: str, name: str, value: Any, problem: str) -> None:
    assert refusal_of(f"{path}.{name}", value) == f"{path}: {problem}{ADVICE}"


def test_a_missing_field_is_refused_by_its_name() -> None:
    written = DOCUMENT.to_dict()
    del written["quotes"][0]["speaker"]["name"]
    with pytest.raises(DocumentError, match=r"^quotes\[0\]\.speaker\.name: the field is missing; read what to_json"):
        Document.from_dict(written)


@pytest.mark.parametrize("data", [None, [], "{}", 3])
def test_what_is_no_object_is_refused(data: Any) -> None:
    with pytest.raises(DocumentError, match=r"^document: an object is wanted"):
        Document.from_dict(data)


FIELD_NAMES = st.sampled_from(["id", "text", "meta", "sentences", "entities", "quotes"])


@given(JSON_VALUES | st.dictionaries(FIELD_NAMES, JSON_VALUES))
def test_any_json_gives_a_document_or_a_clear_error(data: Any) -> None:
    # What raises anything else than DocumentError fails the test.
    with contextlib.suppress(DocumentError):
        Document.from_dict(data)
