"""Shares of the totals for a hand-made book, as `study.influence` would measure them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.core import Literal
from gaic.check.program import Formula, Provenance
from gaic.study.factors import Factor, Place, Standing
from gaic.study.influence import Influence, Influences
from gaic.syntax.expressions import Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.unit.report.fake_ledger import FakeBook


def make_influences(book: FakeBook, shares: Mapping[str, float], standing: Standing = Standing.GIVEN) -> Influences:
    """Influences of some values, by their paths, on the totals of the book."""
    criteria = tuple(row for row in book.rows if row.category is None)
    rows = tuple(_weigh(book, path, share, standing) for path, share in shares.items())
    return Influences(criteria, rows, work=1, limit=2)


def _weigh(book: FakeBook, path: str, share: float, standing: Standing) -> Influence:
    node = book.find(path)
    account = book.accounts[node]
    source = account.source.path if account.source is not None else account.source_text
    written = Number(1.0, "1", account.span)
    provenance = Provenance(source, account.confidence, account.note)
    formula = Formula(Literal, written, provenance, account.span)  # type: ignore[arg-type]  # never run
    place = Place(node, 0, None, None)  # type: ignore[arg-type]  # only its node is looked at
    factor = Factor(standing, formula, account.span, (), 1.0, None, (place,))
    return Influence(factor, (share,), (share,), ())
