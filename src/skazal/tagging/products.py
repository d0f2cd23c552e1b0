"""The first convolution, from products computed once per (word, shape) pair and kept in a bounded table.

A convolution of width three over embeddings is, for every token, three products of its embedding with the three slices
of the kernel; its neighbours only add them up. The embedding depends on the pair alone, and so do the products: more
than half of a new pair's arithmetic, and none of a known one's.

What comes out is in halves, as the convolutions after it want it (see `encoder`).
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

from skazal.tagging.pairs import GAP, PairCoder, PairCodes
from skazal.tagging.weights import Embeddings, FloatArray

Rows = npt.NDArray[np.int64]

AT_ONCE = 256  # rows gathered or pairs multiplied at once: less than 1 MB for one head, which stays in the cache


class ProductTable:
    """For every head three tables of rows: a pair's products with the left, the middle and the right slice.

    The table holds `CAPACITY` pairs: 150 MB for three heads, of which only the filled part is resident. When it is
    full, the eighth asked for least often is dropped. Threads share it behind a lock that covers no later arithmetic.
    """

    CAPACITY = 16384
    # Counts of uses fade when pairs are dropped, so that yesterday's words leave in the end; newcomers start with what
    # three heads will ask for, so that no head drops what the next one needs for the same batch.
    FADING = 0.7
    NEWCOMER = 3

    def __init__(
        self, coder: PairCoder, embeddings: Embeddings, kernels: Sequence[FloatArray], shapes: Sequence[FloatArray]
    ) -> None:
        """kernels: a head's first kernel, (word dim + shape dim) × (3 × filters); shapes: its embeddings of shapes."""
        self._coder = coder
        self._embeddings = embeddings
        self._word_kernels = [kernel[: embeddings.dim] for kernel in kernels]
        self._shape_products = [shape @ kernel[embeddings.dim :] for shape, kernel in zip(shapes, kernels, strict=True)]
        self._tables = [np.empty((3, self.CAPACITY, kernel.shape[1] // 3), np.float32) for kernel in kernels]
        for table in self._tables:
            table[:, 0] = 0
        self._row_of = {GAP: 0}
        self._code_in = np.full(self.CAPACITY, GAP)
        self._free = list(range(self.CAPACITY - 1, 0, -1))
        self._uses = np.zeros(self.CAPACITY, np.float32)
        self._lock = Lock()

    def convolve(self, heads: Sequence[int], codes: PairCodes) -> list[FloatArray]:
        """The heads' first convolutions, without bias, of one stream.

        codes: of n pairs, an even number and at most half of `CAPACITY`. Each head's outcome is 2 × (n / 2 - 1) ×
        filters: of the even rows, and of the odd ones. Gaps contribute nothing.
        """
        with self._lock:
            rows = self._rows(codes.tolist())
            self._uses += len(heads) * np.bincount(rows, minlength=self.CAPACITY)
            even, odd = np.ascontiguousarray(rows.reshape(-1, 2).T)
            windows = ((even[:-1], odd[:-1], even[1:]), (odd[:-1], even[1:], odd[1:]))
            return [_sums(self._tables[head], windows) for head in heads]

    def _rows(self, codes: list[int]) -> Rows:
        rows = list(map(self._row_of.get, codes))
        if None in rows:
            if rows.count(None) > len(self._free):
                self._make_room(rows.count(None), [row for row in rows if row is not None])
            missing = [code for code in dict.fromkeys(codes) if code not in self._row_of]
            portion = -(-len(missing) // (len(missing) // AT_ONCE + 1))  # of one size: small ones multiply slowly
            for start in range(0, len(missing), portion):
                self._add(missing[start : start + portion])
            rows = list(map(self._row_of.get, codes))
        return np.array(rows)

    def _add(self, codes: list[int]) -> None:
        words, shapes = self._coder.split(np.array(codes))
        vectors = self._embeddings(words)
        rows = self._free[-len(codes) :]
        for table, kernel, shape_products in zip(self._tables, self._word_kernels, self._shape_products, strict=True):
            products = vectors @ kernel
            products += shape_products[shapes]
            for part, slice_products in zip(table, np.split(products, 3, axis=1), strict=True):
                part[rows] = slice_products
        self._uses[rows] = self.NEWCOMER
        self._code_in[rows] = codes
        del self._free[-len(codes) :]
        self._row_of.update(zip(codes, rows, strict=True))

    def _make_room(self, needed: int, in_use: list[int]) -> None:
        """Drop an eighth of the pairs, or more where more room is needed, but none in use now."""
        uses = self._uses.copy()
        uses[[0, *in_use, *self._free]] = np.inf
        rows = np.argsort(uses)[: max(needed - len(self._free), self.CAPACITY // 8)]
        dropped = rows[np.isfinite(uses[rows])].tolist()
        for code in self._code_in[dropped].tolist():
            del self._row_of[code]
        self._free += dropped
        self._uses *= self.FADING


def _sums(tables: FloatArray, windows: Sequence[Sequence[Rows]]) -> FloatArray:
    """For each half the sums of a row of each table: tables × capacity × filters to 2 × n × filters."""
    sums = np.empty((len(windows), len(windows[0][0]), tables.shape[2]), np.float32)
    buffer = np.empty((AT_ONCE, tables.shape[2]), np.float32)
    for half, rows in zip(sums, windows, strict=True):
        for start in range(0, len(half), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            outcome = half[some]
            # mode="clip" spares a copy: every row is within the table.
            tables[0].take(rows[0][some], axis=0, mode="clip", out=outcome)
            for table, places in zip(tables[1:], rows[1:], strict=True):
                outcome += table.take(places[some], axis=0, mode="clip", out=buffer[: len(outcome)])
    return sums


def side_by_side(kernel: FloatArray) -> FloatArray:
    """A convolution's kernel, filters × inputs × 3, as one matrix: inputs × (3 × filters), left slice first."""
    filters, inputs, width = kernel.shape
    return np.ascontiguousarray(kernel.transpose(1, 2, 0).reshape(inputs, width * filters))
