"""Slovnet's convolutional encoder over a stream of sentences.

A head is three convolutions of width three, each followed by ReLU and batch norm, and a projection. Slovnet pads a
batch of sentences to a box; here all sentences stand in one long stream with a gap row between them, and

- a convolution is a product of matrices, of fewer than it seems to need, see `convolution`; the products of the first
  one are remembered, see `products`;
- batch norm is folded into the kernel after it, the bias into the ReLU: max(x + b, 0) = max(x, -b) + b, where the
  added b is a constant that folds into the next kernel as well;
- what a gap row must hold so that the next kernel sees zeros there (as in slovnet's padding) is therefore not zero but
  the `neutral` value of the layer;
- the stream is cut into windows of bounded size. A layer sees one token more to either side, so a window begins with as
  many more rows at each end as there are layers to come, and the cuts do not show in the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from skazal.tagging.convolution import Flags, Precise, convolve, halves, in_order, inner, minimal
from skazal.tagging.pairs import GAP, PairCoder, PairCodes
from skazal.tagging.products import ProductTable, side_by_side
from skazal.tagging.weights import FloatArray, HeadWeights

Array = npt.NDArray[Any]

HALO = 3  # tokens of context that three convolutions of width three see on each side
CHUNK = 2048  # rows of the first convolution computed at once, many so that new pairs come in large products
WINDOW = 384  # rows of the later ones computed at once, few so that they stay in the cache


@dataclass(frozen=True, slots=True)
class Stream:
    """Sentences one after the other: `codes` has a gap between sentences and at least `HALO` gaps at both ends, an even
    number in all; token i of all tokens counted through stands in row `places[i]`, rows counted without the `HALO` at
    the start. `lengths`: tokens of each sentence."""

    codes: PairCodes
    places: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]

    @classmethod
    def of(cls, sentences: Sequence[Sequence[str]], coder: PairCoder) -> Stream:
        tokens = coder(list(chain.from_iterable(sentences)))
        lengths = np.array([len(words) for words in sentences], np.int64)
        places = np.arange(len(tokens)) + np.repeat(np.arange(len(lengths)), lengths)
        rows = len(tokens) + len(lengths) + 1
        codes = np.full(rows + rows % 2 + 2 * HALO, GAP, np.int32)
        codes[places + HALO] = tokens
        return cls(codes, places, lengths)


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution's outcome is clipped at `floor`; gaps become `neutral`; then comes the product with `kernel`: four
    matrices of the next convolution, one of the projection."""

    floor: FloatArray
    neutral: FloatArray
    kernel: FloatArray

    def activate(self, x: FloatArray, gaps: Flags) -> None:
        np.maximum(x, self.floor, out=x)
        x[gaps] = self.neutral


def as_it_is(projections: FloatArray) -> Array:
    """All of the projections."""
    return projections


@dataclass(frozen=True, slots=True)
class Encoder:
    """A head's convolutions and a projection of what they give: from pairs to projections.

    `head` is its number in the table of the first convolution's products; `layers` and `bias` come from `fold`; `keep`
    makes of the projections of some rows (the last axis) what is wanted of them.
    """

    table: ProductTable
    head: int
    layers: Sequence[Layer]
    bias: FloatArray
    keep: Callable[[FloatArray], Array] = as_it_is

    def windows(self, x: FloatArray, gaps: Flags) -> Iterator[Array]:
        """What is kept of the rows in order (gaps in between hold nonsense), so many as a window has at a time.

        x: the first convolution's outcome, changed in place; gaps: which of its rows are gaps; both in halves.
        """
        self.layers[0].activate(x, gaps)
        for left in range(0, x.shape[1] - (HALO - 1), WINDOW // 2):
            rows = slice(left, left + WINDOW // 2 + HALO - 1)
            yield in_order(self.keep(self._later_layers(x[:, rows], gaps[:, rows])))

    def _later_layers(self, x: FloatArray, gaps: Flags) -> FloatArray:
        for layer, following in pairwise(self.layers):
            x = convolve(x, layer.kernel)
            gaps = inner(gaps)
            following.activate(x, gaps)
        x = x @ self.layers[-1].kernel
        x += self.bias
        return x


def encode(stream: Stream, *encoders: Encoder) -> list[Array]:
    """What each encoder keeps of the stream's tokens; the encoders have one table and look into it together."""
    kept: list[list[Array]] = [[] for _ in encoders]
    for start in range(0, len(stream.codes) - 2 * HALO, CHUNK):
        codes = stream.codes[start : start + CHUNK + 2 * HALO]
        gaps = halves(codes[1:-1] == GAP)
        outcomes = encoders[0].table.convolve([encoder.head for encoder in encoders], codes)
        for encoder, x, found in zip(encoders, outcomes, kept, strict=True):
            found.extend(encoder.windows(x, gaps))
    return [np.concatenate(found)[stream.places] for found in kept]


def first_kernel(weights: HeadWeights) -> FloatArray:
    """The kernel of a head's first convolution: (word dim + shape dim) × (3 × filters)."""
    return side_by_side(weights.arrays["encoder.layers.0.conv.weight"])


def fold(
    weights: HeadWeights,
    projection: FloatArray,
    bias: FloatArray,
    prepare: Callable[[Precise], Precise] = minimal,
) -> tuple[list[Layer], FloatArray]:
    """The layers and the last bias that, behind the first kernel, compute the head's encoder, `projection` and `bias`.

    `prepare` says how later convolutions are computed: `direct` where words with the same neighbours must come out the
    same to the last bit.

    Batch norm after ReLU makes scale × (max(x, floor) - neutral) of a convolution's outcome x; scale goes into the next
    kernel, and what `neutral` would contribute goes into the next floor or, at the end, into the bias.
    """
    names = weights.layer_names()
    kernels = [side_by_side(weights.arrays[f"{name}.conv.weight"]) for name in names[1:]]
    layers = []
    constant: Precise | float = 0.0
    for name, following in zip(names, [*kernels, projection], strict=True):
        conv_bias, gain, shift, mean, std = (
            weights.arrays[f"{name}.{part}"].astype(np.float64)
            for part in ("conv.bias", "norm.weight", "norm.bias", "norm.mean", "norm.std")
        )
        scale = gain / std
        floor = -(conv_bias + constant)
        neutral = floor - (shift - mean * scale) / scale
        kernel = scale[:, np.newaxis] * following
        constant = -(neutral @ kernel)
        if following is not projection:
            constant = constant.reshape(3, -1).sum(0)
            kernel = prepare(np.stack(np.split(kernel, 3, axis=1)))
        layers.append(Layer(*(a.astype(np.float32) for a in (floor, neutral, kernel))))
    return layers, (bias + constant).astype(np.float32)
