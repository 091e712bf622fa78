"""The inputs that a value rests on, by influence, and how sure they are: ready to be written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue, ScalarValue
from gaic.evaluate.bends import Bend
from gaic.report import charts, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gaic.evaluate.account import Account
    from gaic.report.facts import Facts, Pointer
    from gaic.study.rests import Reliance, Rests

WAYS = {Bend.ROUNDED: "rounding", Bend.EXTREME: "max or min", Bend.BRANCH: "if"}
"""What lies on the way from an input to a value, in a word."""
NO_SOURCE = "no source given"
SMALLEST_CHANGE = 0.005
"""A change in % that would print as 0.00."""
HALF = 60
"""Room for a bar to each side of the middle, in pixels."""
THINNEST = 0.05
"""Pixels of the shortest bar that is drawn."""
MOST_SOURCES = 5
"""Sources that are named below the inputs."""
MOST_CHOICES = 3
"""Words and truths, and numbers that move nothing, that are named below the inputs."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of an effect: left end and width in pixels, and its style."""

    x: str
    width: str
    style: str


@dataclass(frozen=True, slots=True)
class Row:
    """An input: `others` counts objects that share it. `more` and `ends` are results, `change` says what 1 % makes.

    `local` marks a change that comes from the backward pass in a table of results.
    """

    pointer: Pointer
    others: int
    way: str
    range: str
    share: str
    bars: tuple[Bar, ...]
    more: str
    ends: str
    change: str
    local: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Part:
    """A share of all inputs that have something in common, with an address from the root of the site."""

    name: str
    share: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class InputTable:
    """The strongest inputs; `hidden` others with their share, `still` ones that move nothing.

    `named` says that there are results of computing again, `ranged` that some inputs were moved over their range.
    """

    rows: tuple[Row, ...]
    total: int
    hidden: int
    hidden_share: str
    still: int
    bent: tuple[Pointer, ...]
    hidden_bent: int
    bends: str
    named: bool
    ranged: bool
    sources: tuple[Part, ...]
    hidden_sources: int
    choices: tuple[Pointer, ...]
    hidden_choices: int


@dataclass(frozen=True, slots=True)
class Confidences:
    """Shares of a value that rest on inputs of each confidence: pieces of a bar, and the same in words."""

    segments: tuple[tuple[str, charts.Segment], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Reliances:
    """What a value rests on; no inputs where the model is too large to say, no confidences where none moves it."""

    inputs: InputTable | None
    confidences: Confidences | None


def show_reliances(facts: Facts, node: int, rows: int) -> Reliances | None:
    """The inputs of a value, at most so many of them one by one; None where it has none, or nobody wants to know."""
    if facts.sensitivity is None or not facts.edges[node]:
        return None
    rests = facts.sensitivity.rests_on(node)
    if rests is None:
        return Reliances(None, None)
    if not (rests.inputs or rests.choices):
        return None
    return Reliances(_tabulate(facts, node, rests, rows), share_confidences(facts, rests))


def share_confidences(facts: Facts, rests: Rests) -> Confidences | None:
    """How much rests on inputs of each confidence, the best first; None where no input moves the figure."""
    shares = dict.fromkeys(reversed(words.CONFIDENCES), 0.0)
    present = set()
    for each in rests.inputs:
        rating = words.rate_own(facts.pointers[each.nodes[0]].account)
        shares[rating] += abs(each.elasticity)
        present.add(rating)
    found = {rating: share for rating, share in shares.items() if rating in present}
    segments = charts.stack_parts(list(found.values())) if found else None
    if segments is None:
        return None
    named = zip(found, segments, strict=True)
    return Confidences(tuple(named), _tell_confidences(found, segments))


def _tell_confidences(shares: Iterable[str], segments: Sequence[charts.Segment]) -> str:
    said = {rating: f"of {rating} confidence" for rating in ("high", "medium", "low")}
    said |= {"not stated": "whose confidence is not stated", "unsourced": "without a source"}
    parts = [f"{segment.share} on inputs {said[rating]}" for rating, segment in zip(shares, segments, strict=True)]
    first, *rest = parts
    return ", ".join([first.replace(" on inputs", " of this value rests on inputs", 1), *rest])


# ---------------------------------------------------------------- the table


def _tabulate(facts: Facts, node: int, rests: Rests, limit: int) -> InputTable:
    moving = [each for each in rests.inputs if _has_row(each)]
    bent = [each for each in rests.inputs if not _has_row(each) and each.bends]
    shown = moving[:limit]
    whole = math.fsum(abs(each.elasticity) for each in rests.inputs)
    number = _number_of(facts.pointers[node].account)
    draw = _scale_bars(shown)
    hidden = moving[limit:]
    sources = _group_sources(facts, rests, whole)
    return InputTable(
        rows=tuple(_write_row(facts, each, whole, number if rests.named else None, draw) for each in shown),
        total=len(rests.inputs),
        hidden=len(hidden),
        hidden_share=_share(math.fsum(abs(each.elasticity) for each in hidden), whole),
        still=len(rests.inputs) - len(moving) - len(bent),
        bent=facts.point(each.nodes[0] for each in bent[:MOST_CHOICES]),
        hidden_bent=max(0, len(bent) - MOST_CHOICES),
        bends=_tell_bends(each.bends for each in bent),
        named=rests.named and number is not None,
        ranged=any(_ends_of(each) is not None for each in shown),
        sources=sources[:MOST_SOURCES],
        hidden_sources=max(0, len(sources) - MOST_SOURCES),
        choices=facts.point(rests.choices[:MOST_CHOICES]),
        hidden_choices=max(0, len(rests.choices) - MOST_CHOICES),
    )


def _has_row(each: Reliance) -> bool:
    """Say whether an input moves the value, here or anywhere in its range, or was tried at the ends of its range."""
    return bool(each.effect or each.elasticity) or _ends_of(each) is not None


def _write_row(facts: Facts, each: Reliance, whole: float, number: float | None, draw: _Scale) -> Row:
    pointer = facts.pointers[each.nodes[0]]
    result = each.result if number is not None else None
    more = result.more if result is not None else None
    return Row(
        pointer=pointer,
        others=len(each.nodes) - 1,
        way=_tell_bends([each.bends]),
        range=_find_range(pointer.account),
        share=_share(abs(each.elasticity), whole),
        bars=draw.bars(each),
        more="" if more is None or number is None else words.write_number(number * more),
        ends="" if number is None else _write_ends(each, number),
        change=_write_change(each.elasticity),
        local=more is None,
        confidence=words.rate_own(pointer.account),
    )


def _tell_bends(found: Iterable[Bend]) -> str:
    """What lies on the way from some inputs, in words."""
    bends = list(found)
    return ", ".join(word for bend, word in WAYS.items() if any(bend in each for each in bends))


def _number_of(account: Account) -> float | None:
    """The number that stands for a value; None if none does."""
    match account.value:
        case ScalarValue(value):
            return value
        case HourlyValue(sum=sum_, mean=mean):
            return mean if sum_ is None else sum_
        case _:
            return None


def _find_range(account: Account) -> str:
    value = account.value
    if not isinstance(value, ScalarValue) or value.range is None:
        return ""
    return words.show_range(value.range, "")[0]


def _ends_of(each: Reliance) -> tuple[float | None, float | None] | None:
    return each.result.ends if each.result is not None else None


def _write_ends(each: Reliance, number: float) -> str:
    ends = _ends_of(each)
    if ends is None:
        return ""
    if ends == (1.0, 1.0):
        return "no change"
    return " \N{EN DASH} ".join("not allowed" if end is None else words.write_number(number * end) for end in ends)


def _write_change(elasticity: float) -> str:
    """What 1 % more of an input makes of a value."""
    if not elasticity:
        return "0 %"
    if abs(elasticity) < SMALLEST_CHANGE:
        return "< 0.01 %"
    return f"{elasticity:+,.2f} %".replace("-", "\N{MINUS SIGN}").replace(",", words.GROUP_SPACE)


def _share(part: float, whole: float) -> str:
    return charts.show_share(100.0 * part / whole) if whole else ""


def _group_sources(facts: Facts, rests: Rests, whole: float) -> tuple[Part, ...]:
    """All inputs by what they are taken from, the largest share first."""
    groups: dict[tuple[str, str], float] = {}
    for each in rests.inputs:
        pointer = facts.pointers[each.nodes[0]]
        key = (NO_SOURCE, "") if words.rate_own(pointer.account) == "unsourced" else pointer.source
        groups[key] = groups.get(key, 0.0) + abs(each.elasticity)
    ordered = sorted(groups.items(), key=lambda group: -round(group[1], 9))
    return tuple(Part(name, _share(share, whole), href) for (name, href), share in ordered)


# ---------------------------------------------------------------- bars


@dataclass(frozen=True, slots=True)
class _Scale:
    """How long bars are: of changes over a range, and of changes with 1 % more, the longest of each takes all room."""

    swing: float
    slope: float

    def bars(self, each: Reliance) -> tuple[Bar, ...]:
        """The bars of an input: two for a range, else one."""
        ends = _ends_of(each)
        if ends is None:
            return tuple(_draw_bar(_slope_of(each), self.slope, "slope"))
        low, high = ((end or 1.0) - 1.0 for end in ends)
        return (*_draw_bar(low, self.swing, "low"), *_draw_bar(high, self.swing, "high"))


def _scale_bars(shown: Iterable[Reliance]) -> _Scale:
    ends = [(each, _ends_of(each)) for each in shown]
    swings = [abs(end - 1.0) for _, both in ends for end in both or () if end is not None]
    slopes = [abs(_slope_of(each)) for each, both in ends if both is None]
    return _Scale(max(swings, default=0.0), max(slopes, default=0.0))


def _slope_of(each: Reliance) -> float:
    """The change with 1 % more of an input."""
    more = each.result.more if each.result is not None else None
    return each.elasticity / 100.0 if more is None else more - 1.0


def _draw_bar(change: float, longest: float, style: str) -> Iterable[Bar]:
    width = HALF * abs(change) / longest if longest else 0.0
    if width >= THINNEST:
        yield Bar(f"{HALF - width if change < 0 else HALF:.1f}", f"{width:.1f}", style)
