"""Figures as programs are given them."""

from __future__ import annotations

#: More decimals of a figure are only the noise of sums.
DECIMALS = 10


def plain_number(value: float) -> float | int:
    """The figure without the noise of sums, and as a whole number where it is one."""
    rounded = round(value, DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded
