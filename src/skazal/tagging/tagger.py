"""The three heads behind one object.

>>> tagger = Tagger.load()
>>> tagger.morphology([["Завод", "закрыт", "."]])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise
from typing import TypeVar

import numpy as np

from skazal.errors import ArtefactError
from skazal.tagging.encoder import Stream, encode, first_kernel
from skazal.tagging.heads import Ids, MorphologyHead, NameHead, SyntaxHead
from skazal.tagging.names import NameSpan, spans_of_units
from skazal.tagging.pairs import PairCoder, Vocabulary
from skazal.tagging.products import ProductTable
from skazal.tagging.trees import Tree
from skazal.tagging.weights import GZIP_SUMS, Embeddings, HeadWeights, natasha_data, read_head, unpacked

Sentences = Sequence[Sequence[str]]
Parse = tuple[list[int], list[str]]  # heads (0 the artificial root, i the i-th token) and relations
Parser = Callable[[Stream], tuple[Ids, Ids]]
Item = TypeVar("Item")

BLOCK = 8192  # tokens parsed at once
LONGEST = 256  # tokens parsed as one sentence
PIECE_RELATION = "parataxis"


class Tagger:
    """Morphology, syntax and names of tokenized sentences, as slovnet's news models give them.

    Batches of any size and sentences of any length are computed in bounded windows. One tagger serves all threads; a
    forked process shares its weights and what its product table holds at that moment.
    """

    def __init__(
        self, morphology: HeadWeights, syntax: HeadWeights, names: HeadWeights, embeddings: Embeddings
    ) -> None:
        heads = (morphology, syntax, names)
        _check_one_vocabulary(heads, embeddings)
        self._coder = PairCoder(Vocabulary(unpacked(morphology.words)), morphology.shapes)
        kernels = [first_kernel(weights) for weights in heads]
        shapes = [weights.arrays["emb.shape.weight"] for weights in heads]
        table = ProductTable(self._coder, embeddings, kernels, shapes)
        self._morphology = MorphologyHead(morphology, table, 0)
        self._syntax = SyntaxHead(syntax, table, 1)
        self._names = NameHead(names, table, 2)
        self._tags, self._labels = np.array(morphology.outputs, object), np.array(syntax.outputs, object)
        self._bio = names.outputs

    @classmethod
    def load(cls) -> Tagger:
        """The tagger with the weights of natasha's wheel.

        Raises:
            ArtefactError: when natasha or a file of its wheel is missing, or its files do not belong together.
        """
        data = natasha_data()
        return cls(
            read_head(data, "morph", "tag"),
            read_head(data, "syntax", "rel"),
            read_head(data, "ner", "tag"),
            Embeddings(data),
        )

    def __reduce__(self) -> tuple[Callable[[], Tagger], tuple[()]]:
        """Another process loads the weights itself: they are on its disk too."""
        return Tagger.load, ()

    def morphology(self, sentences: Sentences) -> list[list[str]]:
        """A tag for every token, part of speech and features: `NOUN|Animacy=Inan|Case=Nom|Gender=Masc|Number=Sing`."""
        ids = self._morphology(Stream.of(sentences, self._coder))
        return list(_split(self._tags[ids].tolist(), map(len, sentences)))

    def syntax(self, sentences: Sentences) -> list[Tree]:
        """One tree with one root for every sentence; an empty sentence has an empty one.

        A sentence longer than `LONGEST` tokens is parsed in pieces; the roots of later pieces hang on the first one's.
        """
        return [_join(pieces) for pieces in self._parse(sentences, self._syntax.trees)]

    def tags_and_trees(self, sentences: Sentences) -> list[tuple[list[str], Tree]]:
        """What `morphology` and `syntax` give for every sentence, in less time than both."""
        tags: list[Ids] = []

        def parser(stream: Stream) -> tuple[Ids, Ids]:
            ids, outcomes = encode(stream, self._morphology.encoder, self._syntax.encoder)
            tags.append(ids)
            return self._syntax.trees_of(outcomes, stream.lengths)

        trees = [_join(pieces) for pieces in self._parse(sentences, parser)]
        flat = self._tags[np.concatenate(tags)].tolist() if tags else []
        return [
            # A long sentence has been parsed in pieces, and tags at their ends must not notice.
            (own if len(words) <= LONGEST else self.morphology([words])[0], tree)
            for words, own, tree in zip(sentences, _split(flat, map(len, sentences)), trees, strict=True)
        ]

    def raw_syntax(self, sentences: Sentences) -> list[Parse]:
        """Heads and relations as slovnet gives them, the best for each token by itself, cycles and all.

        Heads count from one, 0 is the artificial root. A sentence longer than `LONGEST` tokens is parsed in pieces.
        """
        return [_concatenate(pieces) for pieces in self._parse(sentences, self._syntax.best)]

    def names(self, sentences: Sentences) -> list[list[NameSpan]]:
        """Spans of names in every unit; a unit may be a sentence or, as natasha has it, a whole text."""
        stream = Stream.of(sentences, self._coder)
        return spans_of_units(self._names(stream), stream.lengths, self._bio)

    def _parse(self, sentences: Sentences, parser: Parser) -> Iterator[list[Parse]]:
        """For every sentence the parses of its pieces: one, unless it is longer than `LONGEST` tokens."""
        cuts = [range(0, max(len(words), 1), LONGEST) for words in sentences]
        pieces = (words[cut : cut + LONGEST] for words, starts in zip(sentences, cuts, strict=True) for cut in starts)
        parses = chain.from_iterable(self._parse_block(block, parser) for block in _blocks(pieces))
        for starts in cuts:
            yield list(islice(parses, len(starts)))

    def _parse_block(self, sentences: Sentences, parser: Parser) -> Iterator[Parse]:
        lengths = [len(words) for words in sentences]
        heads, relations = parser(Stream.of(sentences, self._coder))
        return zip(_split(heads.tolist(), lengths), _split(self._labels[relations].tolist(), lengths), strict=True)


def _check_one_vocabulary(heads: Sequence[HeadWeights], embeddings: Embeddings) -> None:
    """The heads share words, shapes and embeddings; one table of products for all of them relies on it."""
    first = heads[0]
    for head in heads:
        if head.embeddings != embeddings.id:
            raise ArtefactError(
                f"a head wants the embeddings {head.embeddings}, natasha has {embeddings.id}; reinstall natasha 1.6"
            )
        if head.shapes != first.shapes or not np.array_equal(head.words[-GZIP_SUMS:], first.words[-GZIP_SUMS:]):
            raise ArtefactError(
                "heads with one vocabulary are wanted, natasha's have different ones; reinstall natasha 1.6"
            )


def _blocks(sentences: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Sentences in blocks of at most `BLOCK` tokens."""
    block: list[Sequence[str]] = []
    size = 0
    for words in sentences:
        if block and size + len(words) > BLOCK:
            yield block
            block, size = [], 0
        block.append(words)
        size += len(words)
    if block:
        yield block


def _split(items: list[Item], lengths: Iterable[int]) -> Iterator[list[Item]]:
    """Items of all sentences, cut into the sentences' own."""
    for start, stop in pairwise(accumulate(lengths, initial=0)):
        yield items[start:stop]


def _concatenate(pieces: list[Parse]) -> Parse:
    """The parses of a sentence's pieces as one, every piece with its roots."""
    heads: list[int] = []
    labels: list[str] = []
    for piece_heads, piece_labels in pieces:
        start = len(heads)
        heads += [start + head if head else 0 for head in piece_heads]
        labels += piece_labels
    return heads, labels


def _join(pieces: list[Parse]) -> Tree:
    """One tree of the trees of a sentence's pieces: the roots of later pieces hang on the first one's."""
    heads, labels = _concatenate(pieces)
    roots = [index for index, head in enumerate(heads) if head == 0]
    tree = Tree([head - 1 if head else roots[0] for head in heads], labels)
    for root in roots[1:]:
        tree.labels[root] = PIECE_RELATION
    return tree
