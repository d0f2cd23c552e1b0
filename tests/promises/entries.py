"""The public entries, each with what it promises for any text whatever; an AssertionError is a broken promise.

Property tests and the fuzzer call the same functions.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import jsonschema
from conllu import parse as parse_conllu
from rich.console import Console

import skazal
from skazal.annotated import read_line
from skazal.corpus.articles import Article, Fields, Rejected
from skazal.corpus.reading import read_inputs
from skazal.display import page, render_quotes
from skazal.display.outline import outline
from skazal.display.terminal import entities_table, heading, quotes_table
from skazal.document import Document, Span, json_schema, spans_of
from skazal.errors import DocumentError
from skazal.export import export
from skazal.lexicon import cues, fold, outlets, predicatives, roles, title_nouns
from skazal.names import MentionForm, canonical, compatible, parse_name
from skazal.report import write_report
from skazal.text.marks import regions
from skazal.text.sentences import sentences
from skazal.text.tokens import tokens_of

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
OURS = frozenset(
    "html head meta title style body main h1 div p b mark span u table thead tbody tr th td details summary br small "
    "figure figcaption blockquote".split()
)
"""Elements that a shown document has."""


def annotated(text: str) -> None:
    """A document keeps its promises, and nothing that is done with it fails."""
    document = skazal.annotate(text, id="d")
    check(text, document)
    assert [one.quote for one in skazal.explain(text)] == list(document.quotes)
    shown(document)


def check(text: str, document: Document) -> None:
    """Text kept, schema kept, offsets exact, ids consistent, spans in order and nested."""
    assert document.text == text
    written = json.loads(document.to_json())
    VALIDATOR.validate(written)
    # Reading back checks each span's text and each id.
    assert Document.from_dict(written) == document
    assert all(span.start < span.end for _, span in spans_of(document))
    assert apart(document.sentences)
    assert all(mention.text.strip() == mention.text for entity in document.entities for mention in entity.mentions)
    assert all(entity.name.strip() and entity.mentions for entity in document.entities)
    for quote in document.quotes:
        assert quote.spans
        assert apart(quote.spans)
        assert quote.text == " ".join(span.text for span in quote.spans)
        assert quote.speaker is None or quote.speaker.name.strip()
    assert nested([span for quote in document.quotes for span in quote.spans])


def apart(spans: tuple[Span, ...]) -> bool:
    """Whether the spans stand in their order and none touches the next."""
    return all(before.end <= after.start for before, after in pairwise(spans))


def nested(spans: list[Span]) -> bool:
    """Whether of two spans that overlap one always holds the other."""
    open_: list[int] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        while open_ and open_[-1] <= span.start:
            open_.pop()
        if open_ and open_[-1] < span.end:
            return False
        open_.append(span.end)
    return True


def shown(document: Document) -> None:
    """Whatever shows a document shows it, and its pages hold our elements alone."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page(document))
    assert {node.tag for node in tree.iter()} <= OURS
    assert {
        node.tag for node in html5lib.parse(render_quotes(document.quotes), namespaceHTMLElements=False).iter()
    } <= OURS
    assert not {"\x1b", "\x9b", "\x00"} & set(outline(document))
    stream = StringIO()
    console = Console(file=stream, width=100, highlight=False)
    console.print(heading(document), quotes_table(document), entities_table(document))
    assert not {"\x1b", "\x9b", "\x00"} & set(stream.getvalue())


def cut(text: str) -> None:
    """Tokens make up the text; sentences and the insides of marks lie in it, in order, nested."""
    words, spaces = tokens_of(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)).removesuffix(" ") in (
        text,
        text.removesuffix(" "),
    )
    assert all(words)
    ends = [(extent.start, extent.end) for extent in sentences(text)]
    assert all(0 <= start < stop <= len(text) for start, stop in ends)
    assert all(stop <= after for (_, stop), (after, _) in pairwise(ends))
    found = regions(text)
    assert all(0 <= region.opened <= region.start <= region.end <= region.stop <= len(text) for region in found)


def named(text: str) -> None:
    """A name is parsed, joined with itself, and compared both ways."""
    person = parse_name(text)
    assert parse_name(text) is person
    assert compatible(person, person) or not (person.first or person.patronymic or person.surname)
    assert parse_name(person.nominative).nominative is not None
    words = tuple(text.split())
    joined = canonical([MentionForm(words), MentionForm(words[:1]), MentionForm(words[-1:])])
    assert compatible(joined, person) == compatible(person, joined)
    for gender in ("masc", "fem"):
        assert parse_name(text, gender=gender).gender == gender


def looked_up(text: str) -> None:
    """What no list has is not found; what it has is found under its folded key."""
    key = fold(text)
    assert fold(key) == key
    for table in (predicatives(), roles(), title_nouns(), outlets()):
        assert table.get(key) is None or key in table
    assert all(cues().get((key, pos)) is None for pos in ("", text))


def read_back(text: str) -> None:
    """A line that is no document, or one whose values were exchanged, is refused by DocumentError alone."""
    with suppress(DocumentError):
        read_again(read_line(text, "line"))
    document = skazal.annotate("«Мост откроют», — сообщила мэр Инна Лужина, передаёт «Вестник».", id=text)
    for spoiled in exchanged(document.to_dict(), text):
        with suppress(DocumentError):
            read_again(Document.from_dict(spoiled))


def read_again(document: Document) -> None:
    """What has been read once is written by the schema, and read as the same again."""
    VALIDATOR.validate(json.loads(document.to_json()))
    assert Document.from_dict(document.to_dict()) == document


def exchanged(data: Any, text: str) -> list[Any]:
    """Copies of a JSON value, each with one value within it exchanged for another or left out."""
    if isinstance(data, Mapping):
        left_out = [{key: data[key] for key in data if key != gone} for gone in data]
        return left_out + [{**data, key: new} for key in data for new in exchanged(data[key], text)]
    if isinstance(data, list) and data:
        return [[*data, None], *([*new_first, *data[1:]] for new_first in ([one] for one in exchanged(data[0], text)))]
    return [text, None, -1, len(text), [], {}, [text], True, 0.5]


def exported(text: str) -> None:
    """Each format takes the document, and other people's readers take what was written."""
    document = skazal.annotate(text, id=text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for format in ("json", "brat", "conllu", "docbin", "parquet"):
            export([document, document], format, folder / format)
        assert json.loads((folder / "json").read_text(encoding="utf-8")) == [document.to_dict()] * 2
        parse_conllu((folder / "conllu").read_text(encoding="utf-8"))
        assert all(path.parent == folder / "brat" for path in (folder / "brat").iterdir())


def reported(text: str) -> None:
    """A report takes any text, title and meta, and nothing of them becomes an element."""
    document = skazal.annotate(text, id=text, meta={"outlet": text, "date": text, "url": text})
    stream = StringIO()
    write_report([document], stream, title=text)
    head = stream.getvalue().partition("<script")[0]
    assert head.count("<title>") == head.count("</title>") == head.count("<h1>") == 1
    stream.getvalue().encode("utf-8")


def read_as_file(content: bytes) -> None:
    """A file of any content gives articles or says why not, whatever its name makes of it."""
    with tempfile.TemporaryDirectory() as name:
        for ending in ("txt", "jsonl", "csv", "tsv", "parquet", "txt.gz", "jsonl.gz", "jsonl.zst"):
            path = Path(name) / f"a.{ending}"
            path.write_bytes(content)
            for item in read_inputs([str(path)], Fields()):
                assert isinstance(item, Article | Rejected)
                assert not isinstance(item, Rejected) or item.message


TEXT_ENTRIES: tuple[Callable[[str], None], ...] = (
    annotated, cut, named, looked_up, read_back, exported, reported,
)  # fmt: skip
