"""A document as HTML: its text with entities and quotes marked, one colour for each speaker, and a legend.

Colours, light and dark, are in ``document.css``; this module says which hue belongs to whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import get_args

from skazal.display.markup import Markup, element, escaped, joined
from skazal.display.nesting import Mark, marked
from skazal.document import Document, Entity, Quote, QuoteKind, Speaker

# Consecutive multiples of the golden angle stay far apart on the colour wheel, however many there are.
GOLDEN_ANGLE = 137.508
FIRST_HUE = 210
KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)
GENDERS = {"masc": "male", "fem": "female", None: ""}
NOBODY = "—"
# Quotes outside, then what stands in them.
QUOTE_DEPTH, ENTITY_DEPTH, MENTION_DEPTH, CUE_DEPTH = range(4)

# Whom a speaker is told from others by: the entity, or the name where the document has none.
SpeakerKey = tuple[str, str]


def render(document: Document) -> str:
    """Return a document as an HTML fragment that brings its own style and needs no script."""
    hues = speaker_hues(document.quotes)
    text = element("div", marked(document.text, marks(document, hues)), class_="skazal-text", lang="ru")
    return framed(title(document), text, speakers_legend(document, hues), entities_legend(document))


def render_quotes(quotes: Sequence[Quote]) -> str:
    """Return quotes as an HTML table that brings its own style."""
    hues = speaker_hues(quotes)
    head = head_row("", "Speaker", "Cue", "Quote", "Kind", "Confidence")
    rows = [quote_row(quote, hues) for quote in quotes]
    return framed(element("table", element("thead", head), element("tbody", *rows), class_="skazal-quotes"))


def render_quote(quote: Quote) -> str:
    """Return a quote as an HTML block: the words, who said them and how the text introduces them."""
    words = element("blockquote", quote.text, lang="ru", class_=f"skazal-quote {quote.kind}")
    return framed(
        element("figure", words, element("figcaption", *caption(quote)), style=hue_style(quote, speaker_hues([quote])))
    )


def page(document: Document) -> str:
    """Return a document as a page that stands alone."""
    head = joined(
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", document.id or "skazal"),
        Markup(
            "<style>:root{color-scheme:light dark}body{margin:2rem auto;max-width:62rem}"
            ".unseen{position:absolute;left:-99rem}</style>"
        ),
    )
    main = element("main", element("h1", document.id or "skazal", class_="unseen"), Markup(render(document)))
    content = element("html", element("head", head), element("body", main), lang="ru")
    return f"<!DOCTYPE html>\n{content}\n"


def framed(*content: str) -> Markup:
    """Return contents in the element that the style is for, with the style."""
    return element("div", element("style", style_sheet()), *content, class_="skazal")


@cache
def style_sheet() -> Markup:
    """Return the style sheet; it is ours, and no text goes into it."""
    return Markup(files("skazal").joinpath("display", "document.css").read_text(encoding="utf-8"))


def speaker_key(speaker: Speaker | None) -> SpeakerKey | None:
    """Return what tells this speaker from the others of the document; None for no speaker."""
    if speaker is None:
        return None
    return ("entity", speaker.entity) if speaker.entity else (speaker.type, speaker.name)


def speaker_hues(quotes: Sequence[Quote]) -> dict[SpeakerKey, int]:
    """Return a hue in degrees for each speaker, in the order in which they speak."""
    keys = dict.fromkeys(key for quote in quotes if (key := speaker_key(quote.speaker)))
    return {key: round(FIRST_HUE + i * GOLDEN_ANGLE) % 360 for i, key in enumerate(keys)}


def hue_style(quote: Quote, hues: Mapping[SpeakerKey, int]) -> str:
    """Return the style that gives an element its speaker's colour; grey where the text names nobody."""
    key = speaker_key(quote.speaker)
    return f"--hue:{hues[key]}" if key else "--hue:0;--colour:0"


def marks(document: Document, hues: Mapping[SpeakerKey, int]) -> Iterator[Mark]:
    """Yield what is marked in a document's text."""
    for quote in document.quotes:
        yield from quote_marks(quote, hue_style(quote, hues))
    for entity in document.entities:
        for mention in entity.mentions:
            shown = {"class_": f"entity {entity.type} {mention.kind}", "title": entity_title(entity)}
            yield Mark(mention.start, mention.end, ENTITY_DEPTH, "span", shown)


def quote_marks(quote: Quote, hue: str) -> Iterator[Mark]:
    """Yield a quote's parts, its cue and the words that name its speaker and relay."""
    shown = {"class_": f"quote {quote.kind}", "style": hue, "title": quote_title(quote)}
    for number, span in enumerate(quote.spans):
        label = f"{quote.id} {quote.kind}" if number == 0 else f"{quote.id} …"
        yield Mark(span.start, span.end, QUOTE_DEPTH, "mark", shown, label)
    if quote.cue:
        cue = {"class_": "cue", "style": hue, "title": f"{quote.id}: cue, {quote.cue.lemma}"}
        yield Mark(quote.cue.start, quote.cue.end, CUE_DEPTH, "u", cue)
    if quote.speaker and (mention := quote.speaker.mention):
        named = {"class_": "speaker", "style": hue, "title": f"{quote.id}: speaker, {quote.speaker.name}"}
        yield Mark(mention.start, mention.end, MENTION_DEPTH, "u", named)
    if quote.relay and (mention := quote.relay.mention):
        relay = {"class_": "relay", "style": hue, "title": f"{quote.id}: relayed by {quote.relay.name}"}
        yield Mark(mention.start, mention.end, MENTION_DEPTH, "u", relay)


def entity_title(entity: Entity) -> str:
    """Return what a pointer over a mention tells."""
    return ", ".join([f"{entity.name} ({entity.type})", *entity.roles])


def quote_title(quote: Quote) -> str:
    """Return what a pointer over a quote tells."""
    name = quote.speaker.name if quote.speaker else "speaker unknown"
    within = f", inside {quote.within}" if quote.within else ""
    return f"{quote.id}: {name}, {quote.kind}{within}, confidence {quote.confidence:.2f}"


def title(document: Document) -> Markup:
    """Return the line over a document: its id and what it holds."""
    counts = f"{len(document.quotes)} quotes, {len(document.entities)} entities"
    return element("p", element("b", document.id), " " if document.id else "", counts, class_="skazal-title")


def speakers_legend(document: Document, hues: Mapping[SpeakerKey, int]) -> str:
    """Return the speakers with their colours, roles and numbers of quotes; empty where nobody speaks."""
    if not document.quotes:
        return ""
    said: dict[SpeakerKey | None, list[Quote]] = {}
    for quote in document.quotes:
        said.setdefault(speaker_key(quote.speaker), []).append(quote)
    head = head_row("", "Speaker", "Role", "Gender", *KINDS)
    rows = [speaker_row(document, quotes, hues) for quotes in said.values()]
    return element("table", element("thead", head), element("tbody", *rows), class_="skazal-speakers")


def speaker_row(document: Document, quotes: Sequence[Quote], hues: Mapping[SpeakerKey, int]) -> Markup:
    """Return a line of the legend for the quotes of one speaker."""
    speaker, counts = quotes[0].speaker, Counter(quote.kind for quote in quotes)
    name, gender = (speaker.name, GENDERS[speaker.gender]) if speaker else (NOBODY, "")
    cells = [swatch(), name, ", ".join(roles(document, quotes)), gender, *(str(counts[kind] or "") for kind in KINDS)]
    return element("tr", *(element("td", cell) for cell in cells), style=hue_style(quotes[0], hues))


def roles(document: Document, quotes: Sequence[Quote]) -> list[str]:
    """Return the roles of the quotes' speaker: those that the text joins to the entity, and those at the quotes."""
    speakers = [quote.speaker for quote in quotes if quote.speaker]
    ids = {speaker.entity for speaker in speakers}
    found = [role for entity in document.entities if entity.id in ids for role in entity.roles]
    return list(dict.fromkeys([*found, *(speaker.role for speaker in speakers if speaker.role)]))


def entities_legend(document: Document) -> str:
    """Return the entities as a table that opens on demand; empty where there are none."""
    if not document.entities:
        return ""
    head = head_row("Entity", "Type", "Roles", "Mentions")
    rows = [
        element(
            "tr", *(element("td", cell) for cell in (entity.name, entity.type, ", ".join(entity.roles), forms(entity)))
        )
        for entity in document.entities
    ]
    table = element("table", element("thead", head), element("tbody", *rows), class_="skazal-entities")
    return element("details", element("summary", f"{len(rows)} entities"), table)


def forms(entity: Entity) -> str:
    """Return how often an entity is mentioned under which words."""
    counts = Counter(mention.text for mention in entity.mentions)
    return ", ".join(form if count == 1 else f"{form} ×{count}" for form, count in counts.most_common())


def head_row(*names: str) -> Markup:
    """Return a table's first line; a column that needs no name gets a plain cell."""
    return element("tr", *(element("th", name, scope="col") if name else element("td") for name in names))


def swatch() -> Markup:
    """Return a patch of the colour that is in force where it stands."""
    return Markup('<span class="swatch" aria-hidden="true"></span>')


def quote_row(quote: Quote, hues: Mapping[SpeakerKey, int]) -> Markup:
    """Return a quote as a line of a table."""
    name = element("td", element("b", quote.speaker.name if quote.speaker else NOBODY), *under_name(quote))
    cells = [
        element("td", swatch()),
        name,
        element("td", quote.cue.text if quote.cue else ""),
        element("td", element("span", quote.text, class_=f"quote {quote.kind}"), lang="ru"),
        element("td", quote.kind),
        element("td", f"{quote.confidence:.2f}"),
    ]
    return element("tr", *cells, style=hue_style(quote, hues))


def under_name(quote: Quote) -> Iterator[Markup]:
    """Yield what is told under a speaker's name: the role, and who relayed the words."""
    notes = [quote.speaker.role] if quote.speaker and quote.speaker.role else []
    notes += [f"via {quote.relay.name}"] if quote.relay else []
    for note in notes:
        yield joined(Markup("<br>"), element("small", note))


def caption(quote: Quote) -> Iterator[Markup]:
    """Yield what stands under the words of a single quote."""
    yield joined(swatch(), " ", element("b", quote.speaker.name if quote.speaker else NOBODY))
    if quote.speaker and quote.speaker.role:
        yield joined(", ", quote.speaker.role)
    if quote.cue:
        yield joined(" · ", element("u", quote.cue.text, class_="cue"))
    if quote.relay:
        yield joined(" · via ", quote.relay.name)
    yield escaped(f" · {quote.kind} · confidence {quote.confidence:.2f}")
