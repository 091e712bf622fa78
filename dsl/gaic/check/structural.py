"""Declarations of the language itself: study, sources, criteria, phases, categories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.check.findings import did_you_mean, list_names
from gaic.check.program import Declared, Study
from gaic.source.diagnostic import Label
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field, Object
from gaic.units.series import SeriesFault
from gaic.units.zones import TimeFault, is_zone, period_hours, zone_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.check.findings import Findings
    from gaic.check.symbols import Symbols
    from gaic.source.limits import Limits
    from gaic.source.text import Span

WORD_FIELDS = {
    "source": ("url", "published", "read", "valid_until", "licence", "citation"),
    "criterion": (),
    "phase": (),
    "category": (),
}
STUDY_TEXTS = (
    "goal",
    "audience",
    "timezone",
    "as_of",
    "electricity",
    "included",
    "left_out",
    "cut_off",
    "author",
    "reviewer",
)
STUDY_NUMBERS = ("functional_unit", "delivered")
STUDY_FIELDS = (*STUDY_TEXTS, *STUDY_NUMBERS, "period")
SAFE_URL = re.compile(r"https?://\S+\Z")


def declare_words(symbols: Symbols, findings: Findings) -> dict[str, Declared]:
    """All sources, criteria, phases and categories, by their path; criteria and the like also by their name."""
    declared: dict[str, Declared] = {}
    for table in symbols.values.values():
        for symbol in table.values():
            declaration = symbol.declaration
            if not isinstance(declaration, Object) or declaration.kind.text not in WORD_FIELDS:
                continue
            sort = declaration.kind.text
            fields = _read_words(declaration, WORD_FIELDS[sort], findings)
            label = declaration.label.value if declaration.label else declaration.name.text.replace("_", " ")
            path = symbol.path if sort == "source" else declaration.name.text
            declared[path] = Declared(path, sort, label, declaration.doc, fields, declaration.name.span)
    return declared


def _read_words(declaration: Object, allowed: tuple[str, ...], findings: Findings) -> dict[str, str]:
    fields: dict[str, str] = {}
    seen: dict[str, s.Name] = {}
    for entry in declaration.block.entries:
        if not isinstance(entry, Field):
            findings.error("GAI309", f"a {declaration.kind.text} has fields only", entry.span)
            continue
        if seen.setdefault(entry.name.text, entry.name) is not entry.name:
            findings.report_twice(entry.name, seen[entry.name.text])
            continue
        if entry.name.text not in allowed:
            near = findings.speller.suggest(entry.name.text, allowed)
            findings.error(
                "GAI112",
                f"a {declaration.kind.text} has no field `{entry.name.text}`",
                entry.name.span,
                notes=(f"it has {list_names(allowed)}",) if allowed else ("it has none; write `##` lines above it",),
                fix=did_you_mean(near, entry.name.span),
            )
            continue
        text = read_text(entry.value)
        if text is None:
            findings.error("GAI203", f"`{entry.name.text}` wants a text or a date", entry.value.span)
        elif entry.name.text == "valid_until" and not isinstance(entry.value, s.Date):
            _refuse_date(entry, findings)
        elif entry.name.text == "url" and not SAFE_URL.match(text):
            findings.error("GAI311", "an address begins with http:// or https://", entry.value.span)
        else:
            fields[entry.name.text] = text
    return fields


def _refuse_date(entry: Field, findings: Findings) -> None:
    fix = "write year, month and day: `2026-12-31`"
    findings.error("GAI203", f"`{entry.name.text}` wants a date", entry.value.span, fix=fix)


def read_text(expression: s.Expression) -> str | None:
    """The text of a string, a date, a word or a list of strings; None for anything else."""
    match expression:
        case s.Text(value):
            return value
        case s.Date(text):
            return text
        case s.Reference(name):
            return name
        case s.ListLiteral(items):
            parts = [read_text(item) for item in items]
            return "; ".join(p for p in parts if p is not None) if all(p is not None for p in parts) else None
        case _:
            return None


def read_study(symbols: Symbols, findings: Findings) -> tuple[Study, Mapping[str, Field]]:
    """The study of the root file with its words and period, and the fields whose values are numbers."""
    studies = [
        symbol.declaration
        for symbol in symbols.values[symbols.bundle.root].values()
        if isinstance(symbol.declaration, Object) and symbol.declaration.kind.text == "study"
    ]
    if not studies and symbols.bundle.modules[symbols.bundle.root].tree.lost:
        return Study("", "", {"period": ""}, "UTC", None, 0, None), {}  # one of them may be the study
    if not studies:
        return Study("", "", {}, "UTC", None, 0, None), {}
    if len(studies) > 1:
        findings.error(
            "GAI127",
            "a model has one study",
            studies[1].name.span,
            labels=(Label(studies[0].name.span, "the first one"),),
        )
    return _read_study(studies[0], findings, symbols.bundle.files.limits)


def _read_study(declaration: Object, findings: Findings, limits: Limits) -> tuple[Study, Mapping[str, Field]]:
    texts: dict[str, str] = {}
    numbers: dict[str, Field] = {}
    period: Field | None = None
    seen: dict[str, s.Name] = {}
    for entry in declaration.block.entries:
        if not isinstance(entry, Field):
            findings.error("GAI309", "a study has fields only", entry.span)
        elif seen.setdefault(entry.name.text, entry.name) is not entry.name:
            findings.report_twice(entry.name, seen[entry.name.text])
        elif entry.name.text not in STUDY_FIELDS:
            near = findings.speller.suggest(entry.name.text, STUDY_FIELDS)
            note = f"it has {list_names(STUDY_FIELDS)}"
            message = f"a study has no field `{entry.name.text}`"
            fix = did_you_mean(near, entry.name.span)
            findings.error("GAI112", message, entry.name.span, notes=(note,), fix=fix)
        elif entry.name.text == "period":
            period = entry
        elif entry.name.text in STUDY_NUMBERS:
            numbers[entry.name.text] = entry
            texts[entry.name.text] = " ".join(entry.value.span.text.split())
        else:
            _read_study_text(entry, texts, findings)
    if declaration.block.lost:
        texts["period"] = ""
    zone = texts.get("timezone", "UTC")
    start, hours = _read_period(period.value, zone, findings, limits) if period else (None, 0)
    if period is not None:
        texts["period"] = period.value.span.text
    label = declaration.label.value if declaration.label else declaration.name.text.replace("_", " ")
    return Study(declaration.name.text, label, texts, zone, start, hours, declaration.name.span), numbers


def _read_study_text(entry: Field, texts: dict[str, str], findings: Findings) -> None:
    text = read_text(entry.value)
    if text is None:
        findings.error("GAI203", f"`{entry.name.text}` wants a text", entry.value.span)
        return
    if entry.name.text == "as_of" and not isinstance(entry.value, s.Date):
        _refuse_date(entry, findings)
        return
    if entry.name.text == "timezone" and not check_zone(text, entry.value.span, findings):
        return
    if entry.name.text == "electricity" and text not in {"location_based", "market_based"}:
        findings.error("GAI119", "`electricity` is `location_based` or `market_based`", entry.value.span)
        return
    texts[entry.name.text] = text


def check_zone(text: str, span: Span, findings: Findings) -> bool:
    """Check the name of a time zone against the pinned zone data."""
    if is_zone(text):
        return True
    near = findings.speller.suggest(text, zone_names)
    findings.error(
        "GAI320",
        f'there is no time zone "{text}"',
        span,
        notes=("zones are named as in the IANA data, for example Europe/Paris",),
        fix=did_you_mean(f'"{near}"', span) if near else None,
    )
    return False


def _read_period(written: s.Expression, zone: str, findings: Findings, limits: Limits) -> tuple[int | None, int]:
    ends = _period_ends(written)
    if ends is None:
        findings.error(
            "GAI321", "this is no period", written.span, fix="write `2026-01-01 .. 2027-01-01` or `year(2026)`"
        )
        return None, 0
    try:
        start, hours = period_hours(ends[0], ends[1], zone)
    except (TimeFault, SeriesFault) as fault:
        findings.error("GAI321", f"this is no period: {fault}", written.span)
        return None, 0
    if hours > limits.series_hours:
        findings.error("GAI509", f"a period longer than {limits.series_hours:,} hours", written.span)
        return None, 0
    if hours <= 0:
        findings.error("GAI321", "the period ends before it begins", written.span)
        return None, 0
    return start, hours


def _period_ends(written: s.Expression) -> tuple[str, str] | None:
    match written:
        case s.Binary("..", s.Date(first), s.Date(second)):
            return first, second
        case s.Call(s.Reference("year"), (s.Argument(None, s.Number(year)),)) if year == int(year):
            return f"{int(year):04d}-01-01", f"{int(year) + 1:04d}-01-01"
        case s.Call(s.Reference("month"), (s.Argument(None, s.Number(year)), s.Argument(None, s.Number(month)))):
            if month not in range(1, 13) or year != int(year):
                return None
            months = int(year) * 12 + int(month) - 1
            return _month(months), _month(months + 1)
        case _:
            return None


def _month(months: int) -> str:
    return f"{months // 12:04d}-{months % 12 + 1:02d}-01"
