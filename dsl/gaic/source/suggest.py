"""The word that was meant by a misspelt one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_SHORTEST_BEGINNING = 6
_SHORTEST_SLIP = 4
_LONGEST = 64  # characters; longer words are no slips of the finger, and comparing them takes time


def suggest(word: str, candidates: Collection[str]) -> str | None:
    """The candidate that is most likely meant, or None; of several equally near the first in the alphabet.

    Near is: a third of the letters, at least one, inserted, left out, replaced or swapped with their
    neighbour. Capital letters count half.
    """
    if not 0 < len(word) <= _LONGEST:
        return None
    most = max(1, len(word) // 3)
    best: tuple[int, int, str] | None = None
    for candidate in set(candidates):
        if candidate == word or not candidate or abs(len(candidate) - len(word)) > most:
            continue
        # Words of one letter are all near each other.
        far = distance(word.lower(), candidate.lower())
        if far > most or far >= max(len(word), len(candidate)):
            continue
        found = (far, distance(word, candidate), candidate)
        best = found if best is None or found < best else best
    return best[2] if best else _same_beginning(word, candidates)


def is_slip(word: str, near: str) -> bool:
    """Say whether a suggestion can hardly be anything else: other capital letters, or one letter of a longer word."""
    if word.lower() == near.lower():
        return True
    return _SHORTEST_SLIP <= len(word) <= _LONGEST and distance(word, near) == 1


@dataclass(slots=True)
class Speller:
    """Suggests words until it has compared enough: of thousands of unknown names only the first ones get advice.

    `left` is how many more pairs of letters may be compared; looking at a candidate costs as much as ten.
    """

    left: int = 5_000_000

    def suggest(self, word: str, candidates: Collection[str] | Callable[[], Collection[str]]) -> str | None:
        """As `suggest`; candidates that take long to gather may be a function."""
        if self.left <= 0:
            return None
        known = candidates() if callable(candidates) else candidates
        most = max(1, len(word) // 3)
        letters = sum(len(each) for each in known if abs(len(each) - len(word)) <= most)
        self.left -= len(word) * letters + 10 * len(known)
        return suggest(word, known)


def _same_beginning(word: str, candidates: Collection[str]) -> str | None:
    """The candidate that shares most of a long word's beginning, such as `count_of` for `count_off_all`."""
    least = max(_SHORTEST_BEGINNING, -(-3 * len(word) // 4))
    shared = [(-_shared(word, each), len(each), each) for each in set(candidates) - {word}]
    near = [found for found in shared if -found[0] >= least]
    return min(near)[2] if near else None


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def distance(one: str, other: str) -> int:
    """How many letters must be inserted, left out, replaced or swapped (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
