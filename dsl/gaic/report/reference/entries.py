"""The entries of a kind as its page shows them: attributes, references, assertions, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from gaic.check.meanings import Meaning, Sort
from gaic.check.provenance import HYPOTHESIS
from gaic.report import listing
from gaic.report.markdown import read_markdown
from gaic.report.mathml.writer import write_equation, write_math
from gaic.report.reference.places import TOTALS, Link
from gaic.report.words import GROUP_SPACE
from gaic.syntax.declarations import Assert, Back, Calc, Input, Let, MeasureType, Ref, SetEntry, WordType
from gaic.syntax.expressions import (
    Binary,
    Date,
    Name,
    Number,
    Numbers,
    Quantity,
    Reference,
    Sourced,
    Text,
    Truth,
    Unary,
)
from gaic.syntax.format import format_expression
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.check.lineage import RawKind
    from gaic.report.markdown import Block
    from gaic.report.mathml.node import Node
    from gaic.report.reference.places import Guide, Line
    from gaic.source.text import Span
    from gaic.syntax.declarations import Limits, LinkType, ValueType
    from gaic.syntax.expressions import Expression, Generator

_GROUPED = re.compile("(?<=[0-9])_(?=[0-9])")
LONGEST_VALUE = 400
# A formula of more lines is cut in this form.
MOST_LINES = 40
# More readers of one attribute are counted and not named.
MOST_READERS = 24
# What is a plain value and no formula: it is shown as it is written.
_PLAIN = (Date, Number, Numbers, Quantity, Text, Truth)


@dataclass(frozen=True, slots=True)
class Written:
    """A formula as mathematics, and as it stands in the file."""

    math: Node
    lines: tuple[tuple[listing.Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Backing:
    """Where a given value comes from, how sure it is, and a remark."""

    source: Link | None
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a kind.

    `type` are the words of its type with their links, `unit` what its values are shown in, `tags` what else is said
    beside its name, `default` a plain value as written. `facts` are further lines about it, each with its name.
    """

    anchor: str
    name: str
    role: str
    type: tuple[Link, ...]
    unit: str
    tags: tuple[Link, ...]
    blocks: tuple[Block, ...]
    default: str
    backing: Backing | None
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    formula: Written | None
    message: str
    readers: tuple[Link, ...]
    hidden: int
    line: Line


def describe_entry(guide: Guide, kind: RawKind, entry: Input | Let | Calc | Ref | Back | SetEntry | Assert) -> Item:
    """What is shown of an entry of a kind."""
    meaning = Meaning(Sort.ATTRIBUTE, kind.name, entry.name.text)
    readers = [] if isinstance(entry, Assert) else guide.survey.readers_of(kind.name, entry.name.text)
    value = _value_of(entry)
    is_path = isinstance(entry, Ref | SetEntry)
    is_plain = value is not None and (_is_plain(value) or _is_choice(entry))
    return Item(
        anchor=f"assert-{entry.name.text}" if isinstance(entry, Assert) else entry.name.text,
        name=entry.name.text,
        role=_ROLES[type(entry)],
        type=_describe_type(guide, kind, entry),
        unit=_find_unit(guide, entry),
        tags=(*_find_replaced(guide, kind, entry), *_count(guide, entry)),
        blocks=read_markdown(_find_doc(guide, kind, entry)),
        default=guide.spell(write_plain(_bare(value))) if value is not None and is_plain else "",
        backing=read_backing(guide, value),
        facts=tuple(_list_facts(guide, entry)),
        formula=write_formula(guide, entry, value) if value is not None and not (is_plain or is_path) else None,
        message=entry.message.value if isinstance(entry, Assert) else "",
        readers=tuple(guide.attribute(reader, kind.name) for reader in readers[:MOST_READERS] if reader != meaning),
        hidden=max(0, len(readers) - MOST_READERS),
        line=guide.line(entry.name.span),
    )


_ROLES = {
    Input: "input",
    Let: "constant",
    Calc: "calculated",
    Ref: "reference",
    Back: "way back",
    SetEntry: "set",
    Assert: "assertion",
}


def _value_of(entry: object) -> Expression | None:
    match entry:
        case Input(default=value) | Let(value=value) | Ref(value=value) | SetEntry(value=value):
            return value
        case Calc(formula=value) | Assert(condition=value):
            return value
        case _:
            return None


def _bare(value: Expression) -> Expression:
    return value.value if isinstance(value, Sourced) else value


def _is_plain(value: Expression) -> bool:
    match _bare(value):
        case Unary(_, operand):
            return isinstance(operand, _PLAIN)
        case bare:
            return isinstance(bare, _PLAIN)


def write_plain(value: Expression) -> str:
    """A plain value as written; a text without its quotes. What is longer is cut: its line has it whole."""
    text = value.value if isinstance(value, Text) else format_expression(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}{listing.ELLIPSIS}"


def _is_choice(entry: object) -> bool:
    """Say whether the value of an entry is a word, or several."""
    match entry:
        case Input(type=WordType(words=words), default=value) if value is not None:
            return len(words) > 1 and isinstance(_bare(value), Reference)
        case _:
            return False


# ---------------------------------------------------------------- types


def write_type(guide: Guide, written: ValueType) -> tuple[Link, ...]:
    """The words of a type; quantities and dimensions lead to where they are declared."""
    if not isinstance(written, MeasureType):
        words = [Link(" | ".join(word.text for word in written.words))]
        return (*words, *([Link("?")] if written.optional else []))
    form = f"{'weekly ' if written.weekly else ''}{'' if written.form == 'scalar' else written.form + ' '}"
    links: list[Link] = [Link(form)] if form else []
    for index, factor in enumerate(written.factors):
        power = abs(factor.exponent)
        links.append(Link("" if index == 0 else "*" if factor.exponent > 0 else "/"))
        links.append(guide.meaning(Meaning(Sort.TYPE, "", factor.name.names[-1].text)))
        links.append(Link(f"^{power}" if power != 1 else ""))
    links.append(Link("?" if written.optional else ""))
    return tuple(link for link in links if link.text)


def write_target(guide: Guide, written: LinkType) -> tuple[Link, ...]:
    """The kind that a reference leads to: `kind`, `kind?` or `[kind]`."""
    meaning = guide.survey.meanings.get(written.kind.span)
    kind = Link(written.kind.text, guide.meaning(meaning).href if meaning else "")
    if written.many:
        return Link("["), kind, Link("]")
    return (kind, Link("?")) if written.optional else (kind,)


def _describe_type(guide: Guide, kind: RawKind, entry: object) -> tuple[Link, ...]:
    match entry:
        case Input(type=written) | Calc(type=written):
            return write_type(guide, written)
        case Let(type=written) if written is not None:
            return write_type(guide, written)
        case Ref(type=target) if target is not None:
            return write_target(guide, target)
        case Ref(name=name) | Back(name=name) | SetEntry(name=name):
            end = guide.survey.leads.get(Meaning(Sort.ATTRIBUTE, kind.name, name.text))
            links = (guide.kind_among(end),) if end is not None else ()
            return links if isinstance(entry, Ref) else (Link("["), *links, Link("]"))
        case _:
            return ()


def _find_unit(guide: Guide, entry: object) -> str:
    match entry:
        case Input(type=MeasureType(factors=factors)) | Calc(type=MeasureType(factors=factors)):
            pass
        case Let(type=MeasureType(factors=factors)):
            pass
        case _:
            return ""
    system = guide.survey.system
    known = [(system.type(factor.name.names[-1].text), factor.exponent) for factor in factors]
    unit = system.display_unit([(type_, exponent) for type_, exponent in known if type_ is not None])
    return guide.spell(unit.shown)


# ---------------------------------------------------------------- what is said beside it


def _find_replaced(guide: Guide, kind: RawKind, entry: object) -> tuple[Link, ...]:
    """The entry of a parent that this one takes the place of."""
    if not isinstance(entry, Input | Let | Calc | Ref | Back | SetEntry | Assert) or not kind.parents[1:]:
        return ()
    parent = guide.survey.kinds[kind.parents[1]]
    table = parent.asserts if isinstance(entry, Assert) else parent.entries
    old = table.get(entry.name.text)
    if old is None:
        return ()
    link = guide.attribute(Meaning(Sort.ATTRIBUTE, old.owner, entry.name.text))
    return (Link(f"replaces {link.text}", link.href),)


def _count(guide: Guide, entry: object) -> tuple[Link, ...]:
    if not isinstance(entry, Calc) or entry.counts is None:
        return ()
    criterion, phase = entry.counts.criterion.names[-1].text, entry.counts.phase.names[-1].text
    return (Link(f"counts in {criterion}, {phase}", f"{guide.here}{TOTALS}#{criterion}"),)


def _find_doc(guide: Guide, kind: RawKind, entry: object) -> str:
    """The words above an entry, or else those of the nearest parent's entry of the same name."""
    name = getattr(entry, "name", None)
    own = getattr(entry, "doc", "")
    if own or name is None or isinstance(entry, Assert):
        return str(own)
    above = (guide.survey.kinds[parent].entries.get(name.text) for parent in kind.parents)
    return next((found.entry.doc for found in above if found is not None and found.entry.doc), "")


def _list_facts(guide: Guide, entry: object) -> Iterable[tuple[str, tuple[Link, ...]]]:
    match entry:
        case Input(within=within, usual=usual):
            if within is not None:
                yield "Allowed", (Link(_write_limits(guide, within)),)
            if usual is not None:
                yield "Usual", (Link(_write_limits(guide, usual)),)
        case Calc(binders=binders) if binders:
            yield "One value for each", tuple(link for binder in binders for link in _bind(guide, binder))[:-1]
        case Back(path=path):
            meaning = guide.survey.meanings.get(path.names[-1].span)
            yield "Way back of", (Link(path.text, guide.meaning(meaning).href if meaning is not None else ""),)
        case Ref(value=value) | SetEntry(value=value) if value is not None:
            yield "Found along", tuple(link for path in _split_paths(value) for link in _write_path(guide, path))[:-1]
        case Assert(severity=severity):
            yield (
                "If it does not hold",
                (Link("the build stops" if severity.text == "error" else "a warning is given"),),
            )
        case _:
            return


def _write_limits(guide: Guide, limits: Limits) -> str:
    text = f"{format_expression(limits.low)} to {format_expression(limits.high)}"
    return guide.spell(_GROUPED.sub(GROUP_SPACE, text))


def _bind(guide: Guide, binder: Generator) -> tuple[Link, ...]:
    text = format_expression(binder.collection)
    return Link(f"{binder.name.text} in "), Link(text, _last_address(guide, binder.collection)), Link("; ")


def _split_paths(value: Expression) -> Iterator[Expression]:
    """The paths of `a.b | c.d`."""
    match value:
        case Binary("|", left, right):
            yield from _split_paths(left)
            yield from _split_paths(right)
        case _:
            yield value


def _write_path(guide: Guide, path: Expression) -> tuple[Link, ...]:
    """The names of a path, each leading to what it stands for, and what parts it from the next one."""
    names = names_of(path) or ()
    links = [part for name in names for part in (Link(name.text, guide.name(name) or ""), Link("."))]
    return *links[:-1], Link(" and ")


def _last_address(guide: Guide, expression: Expression) -> str:
    """Where the last name of a path leads."""
    match expression:
        case Reference(text, span):
            return guide.name(Name(text, span)) or ""
        case _:
            name = getattr(expression, "name", None) or getattr(expression, "kind", None)
            return (guide.name(Name("", name.span)) or "") if name is not None else ""


def read_backing(guide: Guide, value: Expression | None) -> Backing | None:
    """What stands behind a given value: its source, confidence and note."""
    if not isinstance(value, Sourced):
        return None
    source = None
    if value.source is not None and value.source.text == HYPOTHESIS:
        source = Link(HYPOTHESIS)
    elif value.source is not None:
        meaning = guide.survey.meanings.get(value.source.names[-1].span)
        declared = guide.survey.declared.get(meaning.name) if meaning is not None else None
        address = guide.meaning(meaning).href if meaning is not None else ""
        source = Link((declared.label if declared else "") or value.source.text, address)
    confidence = value.confidence.text if value.confidence is not None else ""
    return Backing(source, confidence, value.note.value if value.note is not None else "")


# ---------------------------------------------------------------- formulas


def write_formula(guide: Guide, entry: object, value: Expression) -> Written:
    """A formula in both forms; of a calculation or a default with the name that it belongs to."""
    bare = _bare(value)
    if isinstance(entry, Calc):
        keys = [binder.name for binder in entry.binders]
        math = write_equation(entry.name, keys, bare, guide.name, guide.spell)
    elif isinstance(entry, Input | Let):
        math = write_equation(entry.name, [], bare, guide.name, guide.spell)
    else:
        math = write_math(bare, guide.name, guide.spell)
    return Written(math, cut_lines(value.span))


def cut_lines(span: Span) -> tuple[tuple[listing.Piece, ...], ...]:
    """The lines of a place as they stand in the file, moved to the left together."""
    first, *rest = span.text.split("\n", MOST_LINES)
    if len(rest) == MOST_LINES:
        rest[-1] = listing.ELLIPSIS
    below = dedent("\n".join(rest)).split("\n") if rest else []
    return tuple(listing.cut_code(line) for line in (first, *(f"  {line}" for line in below)))
