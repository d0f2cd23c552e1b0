"""Convolutions of width three, directly or by Winograd's minimal filtering, which spares a third of the products.

Rows are kept in halves, 2 × (n / 2) × columns: those with even numbers, then those with odd ones. Two neighbouring rows
of the outcome, y0 and y1, see four of the input, d0 to d3. With the kernel's slices g0, g1, g2 that is directly

    y0 = d0 g0 + d1 g1 + d2 g2      y1 = d1 g0 + d2 g1 + d3 g2

and minimally, F(2, 3) of Lavin & Gray, Fast Algorithms for Convolutional Neural Networks (2016),

    m0 = (d0 - d2) g0               m1 = (d1 + d2) (g0 + g1 + g2) / 2
    m3 = (d1 - d3) g2               m2 = (d2 - d1) (g0 - g1 + g2) / 2
    y0 = m0 + m1 + m2               y1 = m1 - m2 - m3

Rounding is then twice what it was, and not the same for even and odd rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from skazal.tagging.weights import FloatArray

Flags = npt.NDArray[np.bool_]
Precise = npt.NDArray[np.float64]

SLICES = 3


def direct(slices: Precise) -> Precise:
    """A kernel, 3 × inputs × filters, left slice first, as `convolve` takes it for direct convolution: as it is."""
    return slices


def minimal(slices: Precise) -> Precise:
    """A kernel as `convolve` takes it for minimal filtering: 4 × inputs × filters."""
    left, middle, right = slices
    return np.stack([left, (left + middle + right) / 2, (left - middle + right) / 2, right])


def convolve(x: FloatArray, kernel: FloatArray) -> FloatArray:
    """Rows of inputs in halves to rows of filters in halves, one less in each; kernel: from `direct` or `minimal`."""
    return _directly(x, kernel) if len(kernel) == SLICES else _minimally(x, kernel)


def _directly(x: FloatArray, kernel: FloatArray) -> FloatArray:
    even, odd = x[:, np.newaxis] @ kernel
    outcome = np.empty((2, x.shape[1] - 1, kernel.shape[2]), np.float32)
    np.add(even[0, :-1], odd[1, :-1], out=outcome[0])
    np.add(odd[0, :-1], even[1, 1:], out=outcome[1])
    outcome[0] += even[2, 1:]
    outcome[1] += odd[2, 1:]
    return outcome


def _minimally(x: FloatArray, kernel: FloatArray) -> FloatArray:
    even, odd = x
    seen = np.empty((4, len(even) - 1, x.shape[2]), np.float32)
    np.subtract(even[:-1], even[1:], out=seen[0])
    np.add(odd[:-1], even[1:], out=seen[1])
    np.subtract(even[1:], odd[:-1], out=seen[2])
    np.subtract(odd[:-1], odd[1:], out=seen[3])
    products: FloatArray = seen @ kernel
    products[0] += products[1]
    products[0] += products[2]
    products[1] -= products[2]
    products[1] -= products[3]
    return products[:2]


def halves(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """An even number of rows in halves."""
    return rows.reshape(-1, 2, *rows.shape[1:]).swapaxes(0, 1)


def in_order(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What is in halves, in the order of its rows."""
    return rows.swapaxes(0, 1).reshape(-1, *rows.shape[2:])


def inner(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Rows in halves without the first and the last one: those that a convolution's outcome has."""
    even, odd = rows
    return np.stack((odd[:-1], even[1:]))
