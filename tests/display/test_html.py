"""What a document shows of itself: valid HTML, the text unharmed, nobody's markup but ours."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import skazal
from skazal.display import page, render, render_quote, render_quotes
from skazal.display.nesting import Mark, marked
from skazal.document import Cue, Document, Entity, Mention, Quote, Quotes, Relay, Span, Speaker

EXAMPLE = (Path(__file__).parents[2] / "examples" / "article.txt").read_text(encoding="utf-8")

# Ways in which markup, attributes, style sheets, addresses and parsers have been talked into running a stranger's code.
ATTACKS = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</mark></div></body></html><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" style="background:url(javascript:alert(1))" x="',
    "<svg/onload=alert(1)>",
    "<!--<script>-->alert(1)<!--</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<math><mtext><style><img src onerror=alert(1)>",
    "<a href='javascript:alert(1)'>сюда</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;b&#62; &nbsp;",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\u202e<script>\u2066",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= 1 %>",
    "`onload=alert(1)` \\x3cscript\\x3e \\u003cscript",
    "+ADw-script+AD4-",
    "<plaintext>", "<textarea>", "<title>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "\ud800<script>", "\x1b[2J\x9b31m", "\r\n<p>\r", "\ufffe\uffff",
]  # fmt: skip


def hostile(text: str) -> Document:
    """A document in which a hostile string stands wherever a string can."""
    whole = Span(0, len(text), text)
    speaker = Speaker(text, "PER", "e1", text, "fem", whole)
    quote = Quote(
        text, "mixed", (whole,), text, speaker, Cue(0, len(text), text, text, text, text), Relay(text, whole),
        None, 0.5, text, text,
    )  # fmt: skip
    entity = Entity("e1", "PER", text, "fem", (text,), (Mention(0, len(text), text, "name", text),))
    return Document(text, text, {text: text}, (), (entity,), (quote, replace(quote, speaker=None, id="q2")))


def parsed(html: str) -> Element:
    """The tree a browser would build; html5lib raises on anything the standard calls an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def standalone(fragment: str) -> str:
    return f"<!DOCTYPE html><html><head><title>-</title></head><body>{fragment}</body></html>"


def shown_text(tree: Element) -> str:
    (text,) = [node for node in tree.iter("div") if node.get("class") == "skazal-text"]
    return "".join(text.itertext())


@pytest.fixture(scope="module")
def document() -> Document:
    return skazal.annotate(EXAMPLE, id="article")


def test_the_text_is_shown_character_by_character(document: Document) -> None:
    assert shown_text(parsed(page(document))) == EXAMPLE


def test_quotes_cues_and_speakers_are_marked(document: Document) -> None:
    tree = parsed(page(document))
    quotes = ["".join(node.itertext()) for node in tree.iter("mark")]
    assert quotes == [span.text for quote in document.quotes for span in quote.spans]
    marked_words = {node.get("class"): "".join(node.itertext()) for node in tree.iter("u")}
    assert marked_words["cue"] == document.quotes[-1].cue.text  # type: ignore[union-attr]
    assert marked_words["speaker"] == "министр"


def test_a_speaker_has_one_colour_and_others_have_another(document: Document) -> None:
    colours: dict[str, set[str | None]] = {}
    for quote, node in zip(document.quotes, firsts(parsed(page(document))), strict=True):
        colours.setdefault(str(quote.speaker), set()).add(node.get("style"))
    assert all(len(styles) == 1 for styles in colours.values())
    assert len({style for styles in colours.values() for style in styles}) == len(colours)


def firsts(tree: Element) -> list[Element]:
    """The first part of each quote."""
    return [node for node in tree.iter("mark") if not str(node.get("data-label")).endswith("…")]


def test_the_legend_names_speakers_roles_and_counts(document: Document) -> None:
    rows = {
        cells[1]: cells[2:]
        for row in parsed(page(document)).iter("tr")
        if len(cells := ["".join(c.itertext()) for c in row]) == 7
    }
    assert rows["Вера Кононова"] == ["министр транспорта области", "female", "2", "", "1"]


def test_everything_renders_itself(document: Document) -> None:
    assert document._repr_html_() == render(document)
    assert document.quotes[0]._repr_html_() == render_quote(document.quotes[0])
    first = document.quotes[:2]
    assert isinstance(first, Quotes)
    assert first._repr_html_() == render_quotes(first)
    assert Quotes(quote for quote in document.quotes if quote.cue)._repr_html_().startswith("<div")
    for html in (render(document), render_quote(document.quotes[0]), render_quotes(document.quotes)):
        parsed(standalone(html.replace("<style>", "<pre>").replace("</style>", "</pre>")))


def test_themes_follow_the_reader_and_nothing_runs(document: Document) -> None:
    assert "prefers-color-scheme: dark" in page(document)
    assert not re.search(r"<script|javascript:|\son\w+=|https?://", page(document))


OURS = set(
    "html head meta title style body main h1 div p b mark span u table thead tbody tr th td details summary br small "
    "figure figcaption blockquote".split()
)
ATTRIBUTES = {"class", "style", "title", "lang", "charset", "name", "content", "data-label", "scope", "aria-hidden"}


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_a_hostile_text_stays_a_text(attack: str) -> None:
    document = hostile(attack)
    tree = parsed(page(document))
    fragments = [render_quotes(document.quotes), *map(render_quote, document.quotes)]
    trees = [tree, *(html5lib.parse(fragment, namespaceHTMLElements=False) for fragment in fragments)]
    nodes = [node for one in trees for node in one.iter()]
    assert {node.tag for node in nodes} <= OURS
    assert {name for node in nodes for name in node.attrib} <= ATTRIBUTES
    assert all(re.fullmatch(r"--hue:\d+(;--colour:0)?", style) for node in nodes if (style := node.get("style")))
    assert shown_text(tree) == printable(attack)
    page(document).encode("utf-8")


def printable(text: str) -> str:
    """What a page can carry of a text: line ends are line feeds, what HTML forbids is replaced."""
    return re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "�", re.sub("\r\n?", "\n", text)
    )


def test_an_empty_document_shows_itself() -> None:
    assert "0 quotes" in "".join(parsed(page(Document("", ""))).itertext())


@given(
    st.text(st.characters(exclude_characters="\r"), max_size=40),
    st.lists(st.tuples(st.integers(-2, 42), st.integers(-2, 42), st.integers(0, 3)), max_size=12),
)
def test_marks_that_cross_still_nest(text: str, spans: list[tuple[int, int, int]]) -> None:
    marks = [Mark(start, end, depth, "mark", {"title": str(i)}) for i, (start, end, depth) in enumerate(spans)]
    tree = html5lib.parse(standalone(f"<pre>\n{marked(text, marks)}</pre>"), namespaceHTMLElements=False)
    parts: dict[str, str] = {}
    for node in tree.iter("mark"):
        parts[node.get("title")] = parts.get(node.get("title"), "") + "".join(node.itertext())
    wanted = {str(i): printable(text[a:b]) for i, (a, b, _) in enumerate(spans) if 0 <= a < b <= len(text)}
    assert parts == wanted


def test_a_terminal_gets_a_few_plain_lines(document: Document) -> None:
    lines = str(document).splitlines()
    assert lines[0] == repr(document)
    assert len(lines) == 1 + len(document.quotes)
    assert any("Аркадий Саврасов: Люди ждали" in line for line in lines[1:])
    assert not {"\x1b", "\x9b"} & set(str(hostile("\x1b[2J\x9b31m")))
    assert str(replace(document, quotes=document.quotes * 3)).endswith(f"… {len(document.quotes) * 3 - 10} more")
