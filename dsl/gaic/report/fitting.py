"""Keeps pages small enough to open at once: what does not fit is written again with less of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 250_000
MOST_ELEMENTS = 8_000
ROOMY_SITE = 2_500
"""Values of a site whose pages have room for everything."""

# How many times more crowded a page is taken to be than it looks, one try after the other.
SQUEEZES = (1.0, 1.6, 2.6, 4.5, 8.0, 16.0, 40.0)


def fit_page(render: Callable[[float], str], values: int) -> str:
    """The fullest page that fits, of a site with so many values; the last try counts whether it does or not.

    In a large site every page is taken to be more crowded, so that all of them together stay small, too.
    """
    text = ""
    crowd = max(1.0, (values / ROOMY_SITE) ** 0.75)
    for squeeze in SQUEEZES:
        text = render(crowd * squeeze)
        if is_small(text):
            break
    return text


def is_small(page: str) -> bool:
    """Say whether a page keeps within `MOST_BYTES` and `MOST_ELEMENTS`."""
    return len(page.encode()) <= MOST_BYTES and count_elements(page) <= MOST_ELEMENTS


def count_elements(page: str) -> int:
    """The elements of a page; in its texts every `<` is escaped."""
    return page.count("<") - page.count("</") - page.count("<!")
