"""CoNLL-U: tokens with tags, tree and lemmas; entities and quotes in MISC and in comments.

Entities are written as in CorefUD (``Entity=(e1-PER-2-name … e1)``, with the mention's head), and listed before the
document's first sentence with canonical name, gender and roles. Quotes are written token by token: ``Quote=q1:B``,
``Quote=q1:I``, inside another ``Quote=q1:I,q2:B``; their cues, speakers and relays as ``Cue=q1``, ``Speaker=q1``,
``Relay=q1``; kind, speaker and confidence stand in the comments. Offsets in the text are ``Start`` and ``End``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skazal.document import Document, Entity, Mention, Quote, Span
from skazal.export.tagged import tagged

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Misc = Mapping[int, Mapping[str, Sequence[str]]]
# What would end a column, a field or a comment, with what stands for it.
BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
SPACES = str.maketrans({" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n", "|": r"\p", "\\": r"\\"})


def write_conllu(documents: Iterable[Document], path: Path) -> None:
    """Write documents to a CoNLL-U file."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("# global.Entity = eid-etype-head-other\n")
        for document, doc in tagged(documents):
            stream.writelines(f"{line}\n" for line in document_lines(document, doc))


def document_lines(document: Document, doc: Doc) -> Iterator[str]:
    """Yield the lines of a document; a sentence ends with an empty one."""
    misc, text = misc_fields(document, doc), doc.text
    after = spaces_after(doc, text)
    header = [f"# newdoc id = {one_line(document.id)}", *entity_comments(document), *quote_comments(document)]
    for number, sentence in enumerate(doc.sents, 1):
        words = [token for token in sentence if not token.is_space]
        if words:
            yield from header
            header = []
            yield f"# sent_id = {one_line(document.id)}-{number}"
            yield f"# text = {one_line(text[words[0].idx : words[-1].idx + len(words[-1])])}"
            yield from word_lines(words, misc, after)
            yield ""


def entity_comments(document: Document) -> list[str]:
    """Return a comment for each entity: type, gender, canonical name, roles."""
    return [
        one_line(
            f"# entity {entity.id} = {' | '.join([entity.type, entity.gender or '_', entity.name, *entity.roles])}"
        )
        for entity in document.entities
    ]


def quote_comments(document: Document) -> list[str]:
    """Return a comment for each quote: kind, confidence, rule, entity and name of the speaker, relay."""
    comments = []
    for quote in document.quotes:
        speaker = [quote.speaker.entity or "_", quote.speaker.name] if quote.speaker else ["_", "_"]
        relay = [f"relay {quote.relay.name}"] if quote.relay else []
        fields = [quote.kind, f"{quote.confidence:.3f}", quote.rule, *speaker, *relay]
        comments.append(one_line(f"# quote {quote.id} = {' | '.join(fields)}"))
    return comments


def misc_fields(document: Document, doc: Doc) -> Misc:
    """Return what entities and quotes put into MISC, by index of the token and name of the field."""
    places = Places(doc)
    misc: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    mentions = [(entity, mention, places.of(mention)) for entity in document.entities for mention in entity.mentions]
    mentions = [(entity, mention, tokens) for entity, mention, tokens in mentions if tokens]
    # Outer mentions are opened first and closed last.
    for entity, mention, tokens in sorted(mentions, key=lambda item: (item[2][0].i, -item[2][-1].i)):
        misc[tokens[0].i]["Entity"].append(opening(entity, mention, tokens))
    for entity, _, tokens in sorted(mentions, key=lambda item: (item[2][-1].i, -item[2][0].i)):
        if len(tokens) > 1:
            misc[tokens[-1].i]["Entity"].append(f"{entity.id})")
    for quote in document.quotes:
        add_quote(quote, places, misc)
    return misc


def opening(entity: Entity, mention: Mention, tokens: Sequence[Token]) -> str:
    """Return the bracket that opens a mention, closed at once when it is one token long."""
    inside = {token.i for token in tokens}
    head = next((k for k, token in enumerate(tokens, 1) if token.head.i == token.i or token.head.i not in inside), 1)
    return f"({entity.id}-{entity.type}-{head}-{mention.kind}{')' if len(tokens) == 1 else ''}"


def add_quote(quote: Quote, places: Places, misc: dict[int, dict[str, list[str]]]) -> None:
    """Add a quote's fields to MISC."""
    for span in quote.spans:
        for k, token in enumerate(places.of(span)):
            misc[token.i]["Quote"].append(f"{quote.id}:{'I' if k else 'B'}")
    marked = {
        "Cue": quote.cue,
        "Speaker": quote.speaker.mention if quote.speaker else None,
        "Relay": quote.relay.mention if quote.relay else None,
    }
    for name, found in marked.items():
        for token in places.of(found) if found else ():
            misc[token.i][name].append(quote.id)


class Places:
    """Finds the tokens of a span by bisection."""

    def __init__(self, doc: Doc) -> None:
        self.words = [token for token in doc if not token.is_space]
        self.starts = [token.idx for token in self.words]
        self.ends = [token.idx + len(token) for token in self.words]

    def of(self, span: Span) -> list[Token]:
        """Return the tokens that a span touches, without white space."""
        from bisect import bisect_left, bisect_right

        return self.words[bisect_right(self.ends, span.start) : bisect_left(self.starts, span.end)]


def word_lines(words: Sequence[Token], misc: Misc, after: Mapping[int, str]) -> Iterator[str]:
    """Yield the ten columns of each word of a sentence."""
    for number, (token, (head, relation)) in enumerate(zip(words, tree(words), strict=True), 1):
        columns = [
            str(number), one_line(token.text) or "_", one_line(token.lemma_) or "_", token.pos_ or "_", "_",
            str(token.morph) or "_", str(head), relation, "_",
            misc_column(token, misc.get(token.i, {}), after[token.i]),
        ]  # fmt: skip
        yield "\t".join(columns)


def tree(words: Sequence[Token]) -> list[tuple[int, str]]:
    """Return each word's head and relation; CoNLL-U has one root a sentence, so that further ones hang on the first."""
    numbers = {token.i: number for number, token in enumerate(words, 1)}
    heads = [0 if token.head.i == token.i else numbers.get(token.head.i, 0) for token in words]
    root = heads.index(0) + 1
    return [
        (0, "root") if number == root else (head or root, token.dep_ if head and token.dep_ else "parataxis")
        for number, (token, head) in enumerate(zip(words, heads, strict=True), 1)
    ]


def misc_column(token: Token, fields: Mapping[str, Sequence[str]], after: str) -> str:
    """Return a token's MISC: fields in the order of the alphabet; `after` is the white space behind the token."""
    found = {"Start": str(token.idx), "End": str(token.idx + len(token))}
    for name, values in fields.items():
        found[name] = ("" if name == "Entity" else ",").join(values)
    if not after:
        found["SpaceAfter"] = "No"
    elif after != " ":
        found["SpacesAfter"] = after.translate(SPACES)
    return "|".join(f"{name}={found[name]}" for name in sorted(found))


def spaces_after(doc: Doc, text: str) -> dict[int, str]:
    """Return the white space between each word and the next, by index of its token."""
    words = [token for token in doc if not token.is_space]
    starts = [*(token.idx for token in words[1:]), len(text)]
    return {token.i: text[token.idx + len(token) : start] for token, start in zip(words, starts, strict=False)}


def one_line(text: str) -> str:
    """Return text without what would end a column or a comment."""
    return BREAKS.sub(" ", text).strip(" ")
