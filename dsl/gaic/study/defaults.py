"""Warns of totals that rest on values of the library which nobody vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.provenance import HYPOTHESIS
from gaic.source.diagnostic import Diagnostic, Label, Severity
from gaic.source.text import Origin
from gaic.study.factors import Standing
from gaic.study.influence import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.check.program import Entity, Program, Provenance
    from gaic.source.text import Span
    from gaic.study.factors import Factor
    from gaic.study.influence import Influence, Influences

LARGE = 0.1
"""Share from which a default that is weak deserves a warning: of ten inputs that weigh the same, each has as much."""
STEEP = 20.0
"""Elasticity from which a tenth more makes several times as much."""
MOST_PLACES = 4
"""Objects that a message underlines."""


def warn_of_defaults(program: Program, influences: Influences, large: float = LARGE) -> tuple[Diagnostic, ...]:
    """A warning for each default with a large share of a total that is a hypothesis, of low confidence, or bare."""
    weak = (row for row in influences.rows if row.largest >= large and is_weak(row.factor))
    return tuple(_warn(program, influences, row, large) for row in weak)


def is_weak(factor: Factor) -> bool:
    """Say whether a number is a default that its own declaration does not hold to be good."""
    if factor.standing is not Standing.DEFAULT:
        return False
    provenance = factor.formula.provenance
    if provenance.source is None or provenance.confidence == "low":
        return True
    return provenance.source == HYPOTHESIS and provenance.confidence != "high"


def _warn(program: Program, influences: Influences, row: Influence, large: float) -> Diagnostic:
    factor = row.factor
    name = row.uses[0].input
    users = [program.entities[use.entity] for use in row.uses]
    first, *others = dict.fromkeys(_place_of(program, entity) for entity in users)
    named = f"`{users[0].path}`" + (f" and {len(users) - 1} more" if len(users) > 1 else "")
    verb = "leave" if len(users) > 1 else "leaves"
    shown = [
        (total.criterion_label, share, elasticity)
        for total, share, elasticity in zip(influences.criteria, row.shares, row.elasticities or (), strict=True)
        if share >= large
    ]
    weights = " and ".join(f"{share:.0%} in the total of {label}".replace("%", " %") for label, share, _ in shown)
    value = " ".join(factor.span.text.split())
    provenance = factor.formula.provenance
    labels = (
        *(Label(place, "nor here") for place in others[: MOST_PLACES - 1]),
        Label(factor.span, f"the default, {_name_provenance(program, provenance)}"),
    )
    return Diagnostic(
        "GAI603",
        f"{named} {verb} `{name}` to a weak default, {value}, which weighs {weights}",
        first,
        label=f"`{name}` is not set here",
        labels=labels,
        notes=(
            *((f"the library says of it: {provenance.note}",) if provenance.note else ()),
            *(_tell_change(name, label, elasticity) for label, _, elasticity in shown),
            "weights say how much the total follows each input; those of all inputs add up to 100 %",
        ),
        help=_tell_cure(users, name),
        severity=Severity.WARNING,
    )


def _place_of(program: Program, entity: Entity) -> Span:
    """Where a project brings an object in: its declaration, or for one of the library the first link to it."""
    if entity.span.file.origin is not Origin.LIBRARY:
        return entity.span
    links = (
        link.span
        for other in program.entities
        if other.span.file.origin is not Origin.LIBRARY
        for entries in other.links.values()
        for link in entries
        if link.target == entity.path
    )
    return next(links, entity.span)


def _name_provenance(program: Program, provenance: Provenance) -> str:
    source = provenance.source
    declared = program.declared.get(source) if source is not None else None
    if source is None:
        text = "without a source"
    else:
        text = "a hypothesis" if source == HYPOTHESIS else f"from {declared.label if declared else source}"
    return text + (f", confidence {provenance.confidence}" if provenance.confidence else "")


def _tell_change(name: str, total: str, elasticity: float) -> str:
    if abs(elasticity) > STEEP:
        return f"with `{name}` {STEP - 1:.0%} larger or smaller, {total} changes several times over".replace("%", " %")
    change = STEP**elasticity - 1.0
    direction = "larger" if change > 0 else "smaller"
    return f"with `{name}` {STEP - 1:.0%} larger, {total} is {abs(change):.1%} {direction}".replace("%", " %")


def _tell_cure(users: Iterable[Entity], name: str) -> str:
    own = [f"`{entity.path}`" for entity in users if entity.span.file.origin is not Origin.LIBRARY]
    shipped = [entity.path for entity in users if entity.span.file.origin is Origin.LIBRARY]
    if not own:
        return f"amend it where you refer to it: `{shipped[0]} {{ {name} = ... from SOURCE }}`"
    where = ", ".join(own[:MOST_PLACES]) + (" ..." if len(own) > MOST_PLACES else "")
    return f"set `{name} = ... from SOURCE` in {where}; if the default holds, write it there and say why"
