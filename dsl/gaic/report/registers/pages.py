"""The pages that list one sort of thing for the whole model, as data for their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.report.listing import locate_place
from gaic.report.registers.assumptions import register_assumptions
from gaic.report.registers.checklists import Known, by_name
from gaic.report.registers.numbers import list_numbers
from gaic.report.registers.quality import register_quality
from gaic.report.registers.scope import describe_scope
from gaic.report.registers.sources import register_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gaic.report.book import SiteHead
    from gaic.report.facts import Facts
    from gaic.report.files import Listed
    from gaic.study.influence import Influences

    Page = tuple[str, Mapping[str, object]]
    """The name of a template and of the page that it writes, and what it is given."""


def gather_registers(
    facts: Facts,
    files: Sequence[Listed],
    head: SiteHead,
    influences: Influences | None,
    study: Sequence[tuple[str, str | None]],
) -> Iterator[Page]:
    """All registers; `study` are the fields of the study in words."""
    numbers = list_numbers(facts, influences)
    known = Known(facts, head, numbers, by_name(files))
    yield "sources.html", {"register": register_sources(facts, numbers, head.study)}
    yield "assumptions.html", {"register": register_assumptions(numbers)}
    yield "quality.html", {"register": register_quality(numbers, head.diagnostics), "locate": locate_place}
    yield "scope.html", {"scope": describe_scope(known, study)}
    yield (
        "files.html",
        {
            "own": [each for each in files if not each.shipped],
            "shipped": [each for each in files if each.shipped],
            "data": [each for each in head.inputs if each.name not in known.files],
        },
    )
