"""The engine computes what slovnet's own API computes: the same tag, head, relation and entity tag for every token.

Made-up texts always; gold texts, tokenized by razdel, where they are (`SKAZAL_GOLD`, by default ../shared/gold).
"""

import importlib.util
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from navec import Navec
from razdel import sentenize, tokenize
from slovnet import NER, Morph, Syntax

from skazal.tagging import NameSpan, Tagger

from .texts import sentences, shuffled

GOLD = Path(os.environ.get("SKAZAL_GOLD", Path(__file__).parents[3] / "shared" / "gold"))
Texts = Sequence[Sequence[str]]


class Slovnet:
    """Its three heads, fed with tokens (its own NER call would tokenize by itself)."""

    def __init__(self) -> None:
        spec = importlib.util.find_spec("natasha")
        assert spec
        assert spec.origin
        data = Path(spec.origin).parent / "data"
        navec = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        self.morph, self.syntax, self.ner = (
            head.load(data / "model" / f"slovnet_{name}_news_v1.tar").navec(navec)
            for head, name in ((Morph, "morph"), (Syntax, "syntax"), (NER, "ner"))
        )

    def morphology(self, texts: Texts) -> list[list[str]]:
        return [markup.tags for markup in self.morph.map(texts)]

    def raw_syntax(self, texts: Texts) -> list[tuple[list[int], list[str]]]:
        parses = [markup.tokens for markup in self.syntax.map(texts)]
        return [([int(token.head_id) for token in tokens], [token.rel for token in tokens]) for tokens in parses]

    def names(self, texts: Texts) -> list[list[NameSpan]]:
        infer = self.ner.infer
        return [_spans(tags) for tags in infer.decoder(infer.process(infer.encoder(texts)))]


def _spans(tags: Sequence[str]) -> list[NameSpan]:
    """As in slovnet.bio.bio_spans, with places of tokens for offsets of characters."""
    from slovnet.bio import bio_spans
    from slovnet.token import Token

    tokens = [Token(index, index + 1, "") for index in range(len(tags))]
    return [NameSpan(span.start, span.stop, span.type) for span in bio_spans(tokens, tags)]


@pytest.fixture(scope="module")
def slovnet() -> Slovnet:
    return Slovnet()


def differing(ours: Sequence[Any], theirs: Sequence[Any]) -> int:
    return sum(a != b for a, b in zip(ours, theirs, strict=True))


def assert_same(tagger: Tagger, slovnet: Slovnet, sentences: Texts, units: Texts) -> None:
    flat = [
        [item for items in lists for item in items]
        for head in (tagger, slovnet)
        for lists in (
            head.morphology(sentences),
            [heads for heads, _ in head.raw_syntax(sentences)],
            [labels for _, labels in head.raw_syntax(sentences)],
        )
    ]
    assert [differing(ours, theirs) for ours, theirs in zip(flat[:3], flat[3:], strict=True)] == [0, 0, 0]
    assert differing(tagger.names(sentences), slovnet.names(sentences)) == 0
    assert differing(tagger.names(units), slovnet.names(units)) == 0


def test_made_up_texts(tagger: Tagger, slovnet: Slovnet) -> None:
    texts = [*sentences(), *(shuffled(length) for length in range(1, 60))]
    assert_same(tagger, slovnet, texts, [[word for words in texts for word in words]])


def assert_same_on_gold(tagger: Tagger, slovnet: Slovnet, name: str) -> None:
    path = GOLD / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"no gold at {path}; SKAZAL_GOLD names its folder")
    lines = path.read_text(encoding="utf-8").splitlines()
    documents = [_tokens(json.loads(line)["text"]) for line in lines]
    units = [[word for words in document for word in words] for document in documents]
    assert_same(tagger, slovnet, [words for document in documents for words in document], units)


def _tokens(text: str) -> list[list[str]]:
    return [[token.text for token in tokenize(sentence.text)] for sentence in sentenize(text)]


@pytest.mark.parametrize("name", ["article", "cases-dev"])
def test_some_gold(tagger: Tagger, slovnet: Slovnet, name: str) -> None:
    assert_same_on_gold(tagger, slovnet, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["entities-dev", "quotes-dev", "quotes-train"])
def test_all_gold(tagger: Tagger, slovnet: Slovnet, name: str) -> None:
    assert_same_on_gold(tagger, slovnet, name)
