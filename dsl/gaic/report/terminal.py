"""The explanation of one value, and the totals of a model, as plain text for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue, ScalarValue
from gaic.report import listing, words
from gaic.report.criteria import list_labels
from gaic.report.totals import sum_rows
from gaic.units.numbers import format_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gaic.evaluate.account import Account, TotalRow
    from gaic.report.book import Book

DEPTH = 3
MOST_ROWS = 30
MOST_NAMES = 8
INDENT = "  "

_STYLES = {"strong": "1", "faint": "2", "good": "32", "bad": "31"}


@dataclass(frozen=True, slots=True)
class Paint:
    """Writes text in a style, if colour is wanted; what others wrote is made visible first."""

    colour: bool

    def __call__(self, style: str, text: str) -> str:
        """The text in a style: "strong", "faint", "good" or "bad"."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour and text else text


def render_explanation(book: Book, node: int, *, colour: bool = False) -> str:
    """Explain a value: formula, numbers put in, direct dependencies, what it rests on, its place, its ancestors."""
    account = book.account(node)
    edges = book.depends_on(node)
    paint = Paint(colour)
    parts = [
        _write_head(account, edges, paint),
        *_write_formula(account, paint),
        *_write_series(account, paint),
        *_write_week(account, paint),
        *_write_dependencies(book, edges, paint),
        *_write_origins(book, node, paint),
        _write_place(account, paint),
        *_write_tree(book, node, paint),
    ]
    return "\n\n".join(parts) + "\n"


def render_summary(book: Book, *, colour: bool = False) -> str:
    """The totals: per criterion a table of categories and phases; empty if nothing counts in a total."""
    paint = Paint(colour)
    criteria: dict[str, list[TotalRow]] = {}
    for row in book.totals():
        criteria.setdefault(row.criterion, []).append(row)
    return "\n".join(_write_criterion(rows, paint) for rows in criteria.values())


def align_columns(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Pad the cells of a table; columns in `right` end at the same place, the others begin there."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _show(account: Account) -> words.Shown:
    return words.show_value(account.value, format_short)


def _write_head(account: Account, edges: Sequence[int], paint: Paint) -> str:
    shown = _show(account)
    lines = [
        f"{paint('strong', _clean(account.path))} = {paint('strong', _clean(shown.whole))}",
        paint("faint", f"{account.role}, {words.name_nature(account.value)}{', nominal' if account.uncertain else ''}"),
    ]
    if isinstance(account.value, ScalarValue) and account.value.range is not None:
        ends, meaning = words.show_range(account.value.range, account.value.unit, format_short)
        lines.append(f"range {_clean(ends)} ({meaning})")
    if account.label and account.label != account.attribute:
        lines.insert(0, paint("strong", _clean(account.label)))
    if words.is_original(account, edges):
        lines.append(f"from {_name_origin(account, paint)}")
    if account.note:
        lines.append(f"note: {_clean(account.note)}")
    if account.given and account.default is not None:
        lines.append(f"default: {_clean(account.default)}")
    if account.doc:
        lines += ["", *(_clean(line) for line in account.doc.splitlines())]
    return "\n".join(lines)


def _write_formula(account: Account, paint: Paint) -> Iterator[str]:
    if account.formula is None:
        return
    text = f"{paint('strong', 'Formula')}\n{_indent(_clean(account.formula))}"
    if account.substituted:
        text += f"\n{_indent('= ' + _clean(account.substituted))}"
    yield f"{text}\n{_indent('= ' + _clean(_show(account).whole))}"


def _write_series(account: Account, paint: Paint) -> Iterator[str]:
    value = account.value
    if not isinstance(value, HourlyValue):
        return
    begin, end = words.show_hour(value.start), words.show_hour(value.start + max(0, value.n - 1))
    rows = [("first ten", " ".join(map(format_short, value.first10)))]
    if value.n > len(value.first10):
        rows.append(("last ten", " ".join(map(format_short, value.last10))))
    rows += [
        ("count", f"{value.n} hourly values"),
        ("period", f"{begin} to {end} {words.name_clock(value)}"),
        ("hours from", f"{format_short(value.min)} to {format_short(value.max)} {_clean(value.unit)}"),
        ("mean", f"{format_short(value.mean)} {_clean(value.unit)}"),
    ]
    yield "\n".join([paint("strong", "Over time"), *map(_indent, align_columns(rows))])


def _write_week(account: Account, paint: Paint) -> Iterator[str]:
    rows = [(name, " ".join(hours)) for name, hours in words.list_days(account.value, format_short)]
    if rows:
        yield "\n".join([paint("strong", "Each hour from 00:00, local clock"), *map(_indent, align_columns(rows))])


def _write_dependencies(book: Book, edges: Sequence[int], paint: Paint) -> Iterator[str]:
    if not edges:
        return
    rows = []
    for edge in edges[:MOST_ROWS]:
        account = book.account(edge)
        shown = _show(account)
        original = words.is_original(account, book.depends_on(edge))
        origin = _name_origin(account, Paint(colour=False)) if original else account.role
        rows.append((_clean(account.path), f"{shown.lead} {shown.number}".strip(), _clean(shown.unit), origin))
    lines = [paint("strong", "Direct dependencies"), *map(_indent, align_columns(rows, frozenset({1})))]
    if len(edges) > MOST_ROWS:
        lines.append(_indent(f"and {len(edges) - MOST_ROWS} more"))
    yield "\n".join(lines)


def _write_origins(book: Book, node: int, paint: Paint) -> Iterator[str]:
    """Given numbers among the ancestors, grouped by what they rest on."""
    groups: dict[str, list[str]] = {}
    for ancestor in book.ancestors(node):
        account = book.account(ancestor)
        if words.is_original(account, book.depends_on(ancestor)):
            groups.setdefault(_name_origin(account, paint), []).append(_clean(account.path))
    if groups:
        lines = [f"{origin}: {_list_names(paths)}" for origin, paths in groups.items()]
        yield "\n".join([paint("strong", "Rests on"), *map(_indent, lines)])


def _name_origin(account: Account, paint: Paint) -> str:
    if not words.is_sourced(account):
        return paint("bad", "no source given")
    confidence = f" ({account.confidence})" if account.confidence else ""
    return f"{_clean(words.name_source(account))}{confidence}"


def _list_names(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - MOST_NAMES} more" if len(paths) > MOST_NAMES else ""
    return ", ".join(paths[:MOST_NAMES]) + more


def _write_place(account: Account, paint: Paint) -> str:
    place = listing.show_place(account.span)
    lines = [
        f"{'>' if line.marked else ' '} {line.number:4} {_clean(''.join(piece.text for piece in line.pieces))}"
        for line in place.lines
    ]
    shipped = " (library)" if place.shipped else ""
    return "\n".join([f"{paint('strong', 'Place')} {_clean(place.text)}{shipped}", *map(str.rstrip, lines)])


def _write_tree(book: Book, node: int, paint: Paint) -> Iterator[str]:
    """Ancestors to a depth of `DEPTH`; a value that is read twice is written once."""
    lines: list[str] = []
    written: set[int] = set()

    def grow(parent: int, depth: int) -> None:
        for child in book.depends_on(parent):
            account = book.account(child)
            again = child in written
            if depth < DEPTH:
                written.add(child)
            below = book.depends_on(child)
            tail = " (above)" if again and below else f" (+ {len(below)} below)" if below and depth == DEPTH else ""
            text = f"{_clean(account.path)} = {_clean(_show(account).whole)}"
            lines.append(f"{INDENT * depth}{text}{paint('faint', tail)}")
            if not again and depth < DEPTH:
                grow(child, depth + 1)

    grow(node, 1)
    if lines:
        yield "\n".join([paint("strong", "Ancestors"), *_cut(lines)])


def _cut(lines: list[str]) -> Iterable[str]:
    most = 4 * MOST_ROWS
    return lines if len(lines) <= most else [*lines[:most], f"{INDENT}and {len(lines) - most} lines more"]


def _write_criterion(rows: list[TotalRow], paint: Paint) -> str:
    parts = [row for row in rows if row.category is not None and row.phase is not None]
    categories, phases = list_labels(parts)
    whole = next((row for row in rows if row.category is None and row.phase is None), rows[0])
    table = [["", *(_clean(label) for label in phases.values()), "sum"]]
    for name, label in categories.items():
        own = [row for row in parts if row.category == name]
        table.append([_clean(label), *(_sum_cell([r for r in own if r.phase == p]) for p in phases), _sum_cell(own)])
    sums = [_sum_cell([row for row in parts if row.phase == phase]) for phase in phases]
    table.append(["all", *sums, format_short(whole.value.value)])
    lines = align_columns(table, frozenset(range(1, len(phases) + 2)))
    title = f"{_clean(whole.criterion_label or whole.criterion)}, {_clean(whole.value.unit)}"
    return "\n".join([paint("strong", title), *map(_indent, lines[:-1]), paint("strong", _indent(lines[-1]))]) + "\n"


def _sum_cell(rows: Sequence[TotalRow]) -> str:
    total = sum_rows(rows)
    return "" if total is None else format_short(total)


def _clean(text: str) -> str:
    return words.make_visible(text)


def _indent(text: str) -> str:
    return "\n".join(INDENT + line for line in text.splitlines())
