"""The first layer's products, computed once per (word, shape) pair and kept in a bounded table.

A convolution of width three over embeddings is, for every token, three products of its embedding with the three slices
of the kernel; its neighbours only add them up. The embedding depends on the pair alone, and so do the products: more
than half of a new pair's arithmetic, and none of a known one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

from skazal.tagging.pairs import GAP, PairCoder, PairCodes
from skazal.tagging.weights import Embeddings, FloatArray


class ProductTable:
    """For every head a table of rows; a row is a pair's products with the left, middle and right slice, side by side.

    The table holds `CAPACITY` pairs: 150 MB for three heads, of which only the filled part is resident. When it is
    full, the half asked for less often is dropped. Threads share it behind a lock that covers no later arithmetic.
    """

    CAPACITY = 16384

    def __init__(
        self, coder: PairCoder, embeddings: Embeddings, kernels: Sequence[FloatArray], shapes: Sequence[FloatArray]
    ) -> None:
        """kernels: a head's first kernel, (word dim + shape dim) × (3 × filters); shapes: its embeddings of shapes."""
        self._coder = coder
        self._embeddings = embeddings
        self._word_kernels = np.ascontiguousarray(np.concatenate([k[: embeddings.dim] for k in kernels], axis=1))
        self._shape_products = np.concatenate(
            [s @ k[embeddings.dim :] for s, k in zip(shapes, kernels, strict=True)], axis=1
        )
        self._tables = [np.empty((self.CAPACITY, kernel.shape[1]), np.float32) for kernel in kernels]
        for table in self._tables:
            table[0] = 0
        self._row_of = {GAP: 0}
        self._uses = np.zeros(self.CAPACITY, np.int64)
        self._lock = Lock()

    def gather(self, head: int, codes: PairCodes) -> FloatArray:
        """Products of at most half of `CAPACITY` pairs for one head: n codes to n × (3 × filters); zeros for gaps."""
        with self._lock:
            rows = self._rows(codes.tolist())
            self._uses += np.bincount(rows, minlength=self.CAPACITY)
            # mode="clip" spares a copy: every row is within the table.
            return self._tables[head].take(rows, axis=0, mode="clip")

    def _rows(self, codes: list[int]) -> npt.NDArray[np.int64]:
        rows = list(map(self._row_of.get, codes))
        if None in rows:
            if len(self._row_of) + rows.count(None) > self.CAPACITY:
                self._drop_half()
            self._add([code for code in dict.fromkeys(codes) if code not in self._row_of])
            rows = list(map(self._row_of.get, codes))
        return np.array(rows)

    def _add(self, codes: list[int]) -> None:
        words, shapes = self._coder.split(np.array(codes))
        products = self._embeddings(words) @ self._word_kernels
        products += self._shape_products[shapes]
        start, stop = len(self._row_of), len(self._row_of) + len(codes)
        left = 0
        for table in self._tables:
            table[start:stop] = products[:, left : left + table.shape[1]]
            left += table.shape[1]
        self._uses[start:stop] = 0
        self._row_of.update(zip(codes, range(start, stop), strict=True))

    def _drop_half(self) -> None:
        codes = np.array(list(self._row_of))  # rows are handed out in order, so code i stands in row i
        kept = 1 + np.argsort(-self._uses[1 : len(codes)], kind="stable")[: self.CAPACITY // 2 - 1]
        rows = np.concatenate(([0], kept))
        self._row_of = {GAP: 0}  # an interrupt while rows move must not leave codes pointing at others' rows
        for table in self._tables:
            table[: len(rows)] = table[rows]
        self._uses[: len(rows)] = self._uses[rows] // 2  # old habits fade
        self._row_of = dict(zip(codes[rows].tolist(), range(len(rows)), strict=True))
