"""What moves the totals, as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.lower.names import PSEUDO
from gaic.report.defaults import name_source, shorten
from gaic.report.terminal import INDENT, Paint, align_columns
from gaic.report.words import make_visible
from gaic.study.factors import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gaic.check.program import Program
    from gaic.study.factors import Use
    from gaic.study.influence import Influence, Influences

LISTED = 0.05
"""Share from which the summary of a build lists a default."""
MOST_ROWS = 10
"""Defaults that the summary lists."""
MOST_NAMES = 2
"""Objects that a row names."""
SMALLEST = 0.001
"""Smaller shares are not told apart."""
STANDINGS = {
    Standing.GIVEN: "the project",
    Standing.CATALOGUE: "the library",
    Standing.DEFAULT: "a default",
    Standing.CONSTANT: "the method",
}
EXPLAINED = "The share says how much a total follows an input; those of all inputs add up to 100 %."


def render_defaults(program: Program, influences: Influences, *, colour: bool = False) -> str:
    """The defaults with a large share of a total; empty if there is none."""
    paint = Paint(colour)
    if not influences.measured:
        return _tell_unmeasured(paint)
    rows = [row for row in influences.rows if row.factor.standing is Standing.DEFAULT and row.largest >= LISTED]
    if not rows:
        return ""
    head = ["input", "of", "default", "source", "confidence", *_name_totals(influences)]
    cells = [
        [row.uses[0].input, _name_objects(program, row.uses), *_tell_value(program, row), *_tell_shares(row)]
        for row in rows[:MOST_ROWS]
    ]
    more = f"and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else ""
    return _write("Defaults that move the total", [head, *cells], more, paint)


def render_inputs(program: Program, influences: Influences, *, colour: bool = False) -> str:
    """Every number that moves a total, the largest share first."""
    paint = Paint(colour)
    if not influences.measured:
        return _tell_unmeasured(paint)
    rows = [row for row in influences.rows if any(row.shares)]
    if not rows:
        return ""
    head = ["input", "value", "source", "confidence", "set by", *_name_totals(influences)]
    cells = [
        [
            _name_inputs(program, row.uses),
            *_tell_value(program, row),
            STANDINGS[row.factor.standing],
            *_tell_shares(row),
        ]
        for row in rows
    ]
    fixed = sum(row.elasticities is None for row in influences.rows)
    still = len(influences.rows) - len(rows) - fixed
    rest = [f"{still} that move nothing"] * bool(still) + [f"{fixed} that no rule lets vary"] * bool(fixed)
    more = f"and {', '.join(rest)}" if rest else ""
    return _write("Inputs that move the total", [head, *cells], more, paint)


def _write(title: str, table: Sequence[Sequence[str]], more: str, paint: Paint) -> str:
    head, *lines = align_columns(table, frozenset(range(5, len(table[0]))))
    body = [INDENT + paint("faint", head), *(INDENT + line for line in lines), *([INDENT + more] if more else [])]
    return "\n" + "\n".join([paint("strong", title), *body, INDENT + paint("faint", EXPLAINED)]) + "\n"


def _tell_unmeasured(paint: Paint) -> str:
    return f"\n{paint('strong', 'Inputs that move the total')}\n{INDENT}not measured: the model is too large for it\n"


def _name_totals(influences: Influences) -> list[str]:
    return [_clean(total.criterion_label) for total in influences.criteria]


def _tell_value(program: Program, row: Influence) -> list[str]:
    """Value, source and confidence."""
    provenance = row.factor.formula.provenance
    source = name_source(program, provenance.source)
    return [shorten(row.factor.span.text), shorten(source), provenance.confidence or ""]


def _tell_shares(row: Influence) -> list[str]:
    return [_tell_share(share) for share in row.shares]


def _tell_share(share: float) -> str:
    return "0" if not share else f"< {SMALLEST:.1%}".replace("%", " %") if share < SMALLEST else f"{100 * share:.1f} %"


def _name_objects(program: Program, uses: Sequence[Use]) -> str:
    return _list([program.entities[use.entity].path for use in uses])


def _name_inputs(program: Program, uses: Sequence[Use]) -> str:
    return _list([_name_input(program, use) for use in uses])


def _name_input(program: Program, use: Use) -> str:
    entity = program.entities[use.entity]
    return entity.path if program.kinds[entity.kind].shown in PSEUDO else f"{entity.path}.{use.input}"


def _list(names: Iterable[str]) -> str:
    names = [_clean(name) for name in dict.fromkeys(names)]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def _clean(text: str) -> str:
    return make_visible(text)
