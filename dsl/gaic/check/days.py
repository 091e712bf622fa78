"""What shapes and weeks have in common: blocks of days, and rows of a day that begin with two times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.findings import did_you_mean, list_names
from gaic.source.diagnostic import Label
from gaic.source.suggest import suggest
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field
from gaic.units.days import DAY, WEEKDAYS, WEEKEND
from gaic.units.shapes import RowTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gaic.check.findings import Findings
    from gaic.syntax.declarations import Entry
    from gaic.units.shapes import ShapeFault

DAY_FIELDS = ("weekday", "weekend", *WEEKDAYS)
MINUTES = 60


def collect_fields(
    entries: Iterable[Entry], what: str, known: tuple[str, ...], later: frozenset[str], findings: Findings
) -> dict[str, Field] | None:
    """The fields of a block by their names; None after a finding. `what` is the thing they belong to, `a week`."""
    fields: dict[str, Field] = {}
    for entry in entries:
        if not isinstance(entry, Field):
            findings.error("GAI309", f"{what} has fields only", entry.span)
            return None
        name = entry.name
        if name.text in later:
            findings.error("GAI090", f"`{name.text}` in {what} is not supported yet", name.span)
            return None
        if name.text not in known:
            note, near = f"it has {list_names(known)}", suggest(name.text, known)
            message = f"{what} has no field `{name.text}`"
            findings.error("GAI112", message, name.span, notes=(note,), fix=did_you_mean(near, name.span))
            return None
        if name.text in fields:
            findings.report_twice(name, fields[name.text].name)
            return None
        fields[name.text] = entry
    return fields


def find_day(fields: Mapping[str, Field], weekday: str) -> Field | None:
    """The field that says what a weekday is like: its own, that of the weekend, that of all days."""
    group = "weekend" if weekday in WEEKEND and "weekend" in fields else "weekday"
    return fields.get(weekday) or fields.get(group)


def read_times(row: s.Row, what: str, example: str, findings: Findings) -> tuple[int, int] | None:
    """From and to of a row, in minutes of the day; None after a finding."""
    match row.key:
        case s.Binary("..", s.ClockTime(first), s.ClockTime(second)):
            start, end = _read_clock(first), _read_clock(second)
        case _:
            findings.error("GAI327", f"a row of {what} begins with two times", row.key.span, fix=example)
            return None
    if start is None or end is None:
        findings.error("GAI327", "this is no time of day", row.key.span)
        return None
    return start, end


def _read_clock(clock: str) -> int | None:
    """The minutes of a time of day, 24:00 included; None for what is none."""
    hours, minutes = int(clock[:2]), int(clock[3:])
    total = hours * MINUTES + minutes
    return total if minutes < MINUTES and total <= DAY * MINUTES else None


def report_rows(fault: ShapeFault, day: str, table: s.Table, findings: Findings) -> None:
    """Say where the rows of a day leave a time out or cover it twice: at the row behind, with the one before it."""
    keys = [row.key for row in table.rows] or [table]
    labels: tuple[Label, ...] = ()
    label = ""
    if fault.row is not None:
        place = keys[fault.row]
        others = [key for key in keys if key is not place and _covers(key, fault.start)]
        if fault.reason is RowTrouble.OVERLAP and others:
            labels = (Label(others[0].span, "covers it, too"),)
    else:
        behind = [key for key in keys if _covers(key, fault.end)]
        before = [key for key in keys if _covers(key, fault.start - 1)]
        place = (behind or before or keys)[0]
        label = f"nothing covers the time {'before' if behind else 'behind'} this row" if table.rows else "no rows"
        labels = (Label(before[0].span, "the row before"),) if behind and before else ()
    message = f"`{day}`: {fault.message}"
    findings.error("GAI327", message, place.span, label=label, labels=labels, fix="rows cover 00:00..24:00 once")


def _covers(key: s.Expression, minute: int) -> bool:
    match key:
        case s.Binary("..", s.ClockTime(first), s.ClockTime(second)):
            start, end = _read_clock(first), _read_clock(second)
            return start is not None and end is not None and start <= minute < end
        case _:
            return False
