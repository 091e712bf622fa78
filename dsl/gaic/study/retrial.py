"""Computes figures again with one input moved and the others kept: 1 % up, and to both ends of its stated range.

A figure is a value, or several that are added. Only inputs that matter to some figure are moved, those that matter most
first, until the work is up; what then has no result was not tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.types import Form, Measure
from gaic.evaluate.again import Rerun
from gaic.evaluate.totals import sum_over_time
from gaic.study.factors import strip, substitute
from gaic.study.reach import Reach, all_ancestors
from gaic.units.series import Series, scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gaic.evaluate.ledger import Ledger
    from gaic.evaluate.run import Run
    from gaic.lower.graph import Piece

    Move = Callable[[c.Core], c.Core]

MORE = 1.01
"""An input is tried at so many times its value."""


@dataclass(frozen=True, slots=True)
class Result:
    """What comes of a figure when one input moves, each as so many times the figure of this build.

    `more` with 1 % more of it, `ends` with the low and the high end of its stated range, None where it states none. One
    that is None there is out of reach: the input may not go so far, or the model does not hold then.
    """

    more: float | None
    ends: tuple[float | None, float | None] | None

    @property
    def changes(self) -> tuple[float, ...]:
        """The changes of the figure that were seen, in parts of it."""
        return tuple(each - 1.0 for each in (self.more, *(self.ends or ())) if each is not None)


@dataclass(frozen=True, slots=True)
class Trial:
    """An input to move: its number, its nodes, the figures that want to know."""

    input: int
    nodes: tuple[int, ...]
    figures: tuple[tuple[int, ...], ...]


def try_again(ledger: Ledger, trials: Iterable[Trial], limit: int) -> Mapping[tuple[int, ...], Mapping[int, Result]]:
    """The results of each figure by input; trials that come when more than `limit` was read are left out."""
    trials = tuple(trials)
    if not trials:
        return {}
    rerun = Rerun(ledger.run)
    figures = tuple(dict.fromkeys(figure for trial in trials for figure in trial.figures))
    ends = {node for figure in figures for node in figure}.union(*(rule.reads for rule in rerun.rules))
    reach = Reach(ledger, ends | all_ancestors(ledger, ends), limit)
    base = {node: _measure(rerun.run, node) for figure in figures for node in figure}
    found: dict[tuple[int, ...], dict[int, Result]] = {figure: {} for figure in figures}
    for trial in trials:
        affected = reach.behind(trial.nodes)
        if reach.work > limit:
            break
        attempt = _Attempt(ledger, rerun, trial, affected, base)
        more, ends_ = attempt.move(_grow), attempt.move_to_ends()
        for number, figure in enumerate(trial.figures):
            low_high = None if ends_ is None else (ends_[0][number], ends_[1][number])
            found[figure][trial.input] = Result(more[number], low_high)
    return found


@dataclass(frozen=True, slots=True)
class _Attempt:
    ledger: Ledger
    rerun: Rerun
    trial: Trial
    affected: tuple[int, ...]
    base: Mapping[int, float]

    def move_to_ends(self) -> tuple[Sequence[float | None], Sequence[float | None]] | None:
        """The figures with the input at both ends of its range; None if it states none."""
        piece = self.ledger.run.pieces.piece(self.trial.nodes[0])
        given = strip(piece.formula.core) if piece is not None else None
        if not isinstance(given, c.Literal) or given.range is None:
            return None
        return self.move(_set_to(given.range.low)), self.move(_set_to(given.range.high))

    def move(self, move: Move) -> Sequence[float | None]:
        """The figures with the input moved; None for each if that is not allowed, or breaks the model."""
        changed = {node: self._moved(node, move) for node in self.trial.nodes}
        pieces = {node: piece for node, piece in changed.items() if piece is not None}
        sound = len(pieces) == len(changed) and self.rerun.compute(self.affected, pieces)
        affected = set(self.affected)
        figures = [
            _compare(self.rerun.run, figure, self.base, affected) if sound else None for figure in self.trial.figures
        ]
        self.rerun.reset(self.affected)
        return figures

    def _moved(self, node: int, move: Move) -> Piece | None:
        """The formula of a node with its number moved; None if it may not go there."""
        piece = self.ledger.run.pieces.piece(node)
        if piece is None:
            return None
        core = move(piece.formula.core)
        given, within = strip(core), self.ledger.graph.column_of(node).attribute.within
        if isinstance(given, c.Literal) and within is not None and not within.low <= given.value <= within.high:
            return None
        return replace(piece, formula=replace(piece.formula, core=core))


def _grow(core: c.Core) -> c.Core:
    """A value with 1 % more of it."""
    given = strip(core)
    match given:
        case c.Literal(value):
            return substitute(core, given, replace(given, value=value * MORE))
        case c.Hours(series) if series is not None:
            return substitute(core, given, replace(given, series=scale(series, MORE)))
        case _:
            return c.Arithmetic("*", core, c.Literal(MORE, core.type, "", core.span), core.type, core.span)


def _set_to(value: float) -> Move:
    """A number at another value."""

    def move(core: c.Core) -> c.Core:
        given = strip(core)
        return substitute(core, given, replace(given, value=value)) if isinstance(given, c.Literal) else core

    return move


def _compare(run: Run, figure: tuple[int, ...], base: Mapping[int, float], affected: set[int]) -> float | None:
    """A figure as so many times what it was; None if that says nothing."""
    parts = (_measure(run, node) if node in affected else base[node] for node in figure)
    try:
        now, before = math.fsum(parts), math.fsum(base[node] for node in figure)
        ratio = now / before
    except (OverflowError, ValueError, ZeroDivisionError):
        return None
    return ratio if math.isfinite(ratio) else None


def _measure(run: Run, node: int) -> float:
    """A number, the sum of an amount or the mean of a level, in root units."""
    held, type_ = run.store.others[node], run.graph.column_of(node).attribute.type
    if isinstance(held, Series) and isinstance(type_, Measure) and type_.form is Form.LEVEL:
        return run.workshop.mean(held)
    return sum_over_time(run, node)
