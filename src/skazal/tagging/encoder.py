"""Slovnet's convolutional encoder over a stream of sentences.

A head is three convolutions of width three, each followed by ReLU and batch norm, and a projection. Slovnet pads a
batch of sentences to a box; here all sentences stand in one long stream with a gap row between them, and

- a convolution is one product with its three slices side by side, then three shifted blocks added up;
- batch norm is folded into the kernel after it, the bias into the ReLU: max(x + b, 0) = max(x, -b) + b, where the
  added b is a constant that folds into the next kernel as well;
- what a gap row must hold so that the next kernel sees zeros there (as in slovnet's padding) is therefore not zero but
  the `neutral` value of the layer;
- the stream is cut into windows of bounded size. A layer sees one token more to either side, so a window begins with as
  many more rows at each end as there are layers to come, and the cuts do not show in the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from skazal.tagging.pairs import GAP, PairCoder, PairCodes
from skazal.tagging.products import ProductTable, add_shifted, side_by_side
from skazal.tagging.weights import FloatArray, HeadWeights

Flags = npt.NDArray[np.bool_]

HALO = 3  # tokens of context that three convolutions of width three see on each side
CHUNK = 2048  # rows of the first convolution computed at once, many so that new pairs come in large products
WINDOW = 384  # rows of the later ones computed at once, few so that they stay in the cache


@dataclass(frozen=True, slots=True)
class Stream:
    """Sentences one after the other: `codes` has a gap between sentences and `HALO` gaps at both ends; token i of all
    tokens counted through stands in row `places[i]`, rows counted without the gaps at the start. `lengths`: tokens of
    each sentence."""

    codes: PairCodes
    places: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]

    @classmethod
    def of(cls, sentences: Sequence[Sequence[str]], coder: PairCoder) -> Stream:
        tokens = coder(list(chain.from_iterable(sentences)))
        lengths = np.array([len(words) for words in sentences], np.int64)
        places = np.arange(len(tokens)) + np.repeat(np.arange(len(lengths)), lengths)
        codes = np.full(len(tokens) + len(lengths) + 1 + 2 * HALO, GAP, np.int32)
        codes[places + HALO] = tokens
        return cls(codes, places, lengths)


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution's outcome is clipped at `floor`; gaps become `neutral`; then comes the product with `kernel`."""

    floor: FloatArray
    neutral: FloatArray
    kernel: FloatArray

    def activate(self, x: FloatArray, gaps: Flags) -> None:
        np.maximum(x, self.floor, out=x)
        x[gaps] = self.neutral


class Encoder:
    """A head's convolutions and a projection of what they give: from pairs to projections."""

    def __init__(
        self, weights: HeadWeights, table: ProductTable, head: int, projection: FloatArray, bias: FloatArray
    ) -> None:
        """head: its number in the table of the first convolution's products."""
        self._table = table
        self._head = head
        self._layers, self._bias = fold(weights, projection, bias)

    def __call__(self, stream: Stream) -> Iterator[FloatArray]:
        """Rows of the stream in order (gaps in between hold nonsense): arrays of at most WINDOW × projections."""
        first = self._layers[0]
        for start in range(0, len(stream.codes) - 2 * HALO, CHUNK):
            codes = stream.codes[start : start + CHUNK + 2 * HALO]
            x = self._table.convolve(self._head, codes)
            gaps = codes[1:-1] == GAP
            first.activate(x, gaps)
            for left in range(0, len(codes) - 2 * HALO, WINDOW):
                rows = slice(left, left + WINDOW + 2 * (HALO - 1))
                yield self._later_layers(x[rows] @ first.kernel, gaps[rows])

    def _later_layers(self, x: FloatArray, gaps: Flags) -> FloatArray:
        for layer in self._layers[1:]:
            x = add_shifted(x)
            gaps = gaps[1:-1]
            layer.activate(x, gaps)
            x = x @ layer.kernel
        x += self._bias
        return x

    def all_rows(self, stream: Stream) -> FloatArray:
        """The stream's tokens × projections; for heads whose projections are narrow."""
        return np.concatenate(list(self(stream)))[stream.places]


def first_kernel(weights: HeadWeights) -> FloatArray:
    """The kernel of a head's first convolution: (word dim + shape dim) × (3 × filters)."""
    return side_by_side(weights.arrays["encoder.layers.0.conv.weight"])


def fold(weights: HeadWeights, projection: FloatArray, bias: FloatArray) -> tuple[list[Layer], FloatArray]:
    """The layers and the last bias that, behind the first kernel, compute the head's encoder, `projection` and `bias`.

    Batch norm after ReLU makes scale × (max(x, floor) - neutral) of a convolution's outcome x; scale goes into the next
    kernel, and what `neutral` would contribute goes into the next floor or, at the end, into the bias.
    """
    names = weights.layer_names()
    kernels = [side_by_side(weights.arrays[f"{name}.conv.weight"]) for name in names[1:]]
    layers = []
    constant: npt.NDArray[np.float64] | float = 0.0
    for name, following in zip(names, [*kernels, projection], strict=True):
        conv_bias, gain, shift, mean, std = (
            weights.arrays[f"{name}.{part}"].astype(np.float64)
            for part in ("conv.bias", "norm.weight", "norm.bias", "norm.mean", "norm.std")
        )
        scale = gain / std
        floor = -(conv_bias + constant)
        neutral = floor - (shift - mean * scale) / scale
        kernel = scale[:, np.newaxis] * following
        layers.append(Layer(*(a.astype(np.float32) for a in (floor, neutral, kernel))))
        constant = -(neutral @ kernel)
        if following is not projection:
            constant = constant.reshape(3, -1).sum(0)
    return layers, (bias + constant).astype(np.float32)
