"""From the rules of the grammar to the declarations of the tree, one method for each rule or alias."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gaic.parse.build_expressions import ExpressionBuilder, nodes
from gaic.parse.faults import Fault
from gaic.parse.text import documentation, shortened
from gaic.parse.words import RESERVED
from gaic.syntax.declarations import (
    Assert,
    Back,
    Block,
    Calc,
    Counts,
    Dimension,
    Factor,
    Field,
    Import,
    Input,
    Kind,
    Let,
    Limits,
    LinkType,
    MeasureType,
    Object,
    QuantityType,
    Ref,
    SetEntry,
    Unit,
    Unsupported,
    WordType,
)
from gaic.syntax.expressions import Name, Path, Reference

if TYPE_CHECKING:
    from lark import Token

    from gaic.parse.build_expressions import Children
    from gaic.syntax.declarations import Entry, Item
    from gaic.syntax.expressions import Generator

REFUSED_KINDS = ("scenario", "budget", "slo")
"""Declarations of the language that this version does not have yet."""
SEVERITIES = ("error", "warn")
MOST_KEYS = 4
"""Keys that one calculation may have."""


class TreeBuilder(ExpressionBuilder):
    """Builds the items of one file."""

    def start(self, children: Children) -> list[Item]:
        """All items of a chunk, without those that this version refuses."""
        items: list[Item] = []
        for item in nodes(children):
            if isinstance(item, Unsupported):
                self.report(Fault.UNSUPPORTED, f"{item.what} is not supported yet", item.span)
            else:
                items.append(item)
        return items

    def documented(self, children: Children) -> Item | Entry:
        """An item or entry with the `##` block above it."""
        block, item = children
        if isinstance(item, (Import, Unsupported)):
            return item
        documented: Item | Entry = replace(item, doc=documentation(block.value))
        return documented

    # ---------------------------------------------------------------- modules, dimensions, units, quantities

    def _import(self, children: Children, alias: Name | None, names: tuple[Name, ...] | None) -> Import:
        word, module = children[:2]
        path, file = (module, None) if isinstance(module, Path) else (None, self._text(module))
        return Import(path, file, alias, names, self._span(word, children[-1]))

    def import_all(self, children: Children) -> Import:
        """`import a.b`."""
        return self._import(children, None, None)

    def import_as(self, children: Children) -> Import:
        """`import a.b as g`."""
        return self._import(children, self._name(children[3]), None)

    def import_names(self, children: Children) -> Import:
        """`import a.b { c }`."""
        names = tuple(self._name(child) for child in children[3:-1] if child.type in ("NAME", "TYPE"))
        return self._import(children, None, names)

    def dimension(self, children: Children) -> Dimension:
        """`dimension Ticket`."""
        return Dimension(self._name(children[1]), "", self._span(children[0], children[1]))

    def _new_unit(self, token: Token) -> Name:
        """The name of a new unit: any word but a reserved one."""
        name = self._name(token)
        if name.text in RESERVED:
            self.report(
                Fault.RESERVED,
                f"`{name.text}` is a reserved word and cannot be a unit",
                name.span,
                "give the unit another name",
            )
        return name

    def prefixes(self, children: Children) -> tuple[Name, ...]:
        """`prefixes k M G`."""
        return tuple(self._name(child) for child in children[1:])

    def unit(self, children: Children) -> Unit:
        """`unit long L : Length prefixes k M = 8 short`."""
        word, *names, _, kind, prefixes, equal, value = children
        end = value if equal else self._last_prefix(prefixes) or kind
        return Unit(
            tuple(self._new_unit(name) for name in names), kind, prefixes or (), value, "", self._span(word, end)
        )

    @staticmethod
    def _last_prefix(prefixes: tuple[Name, ...] | None) -> Name | None:
        return prefixes[-1] if prefixes else None

    def quantity(self, children: Children) -> QuantityType:
        """`quantity Ticket : ticket tag`."""
        word, name, _, unit, tag = children
        return QuantityType(
            self._name(name),
            self._unit_name(unit),
            self._name(tag) if tag else None,
            "",
            self._span(word, tag or unit),
        )

    # ---------------------------------------------------------------- kinds and objects

    def kind(self, children: Children) -> Kind:
        """`abstract kind name "Label" extends parent { ... }`."""
        abstract, word, name, label, _, parent, block = children
        return Kind(
            self._name(name),
            self._text(label) if label else None,
            parent,
            abstract is not None,
            self.refuse(block),
            "",
            self._span(abstract or word, block),
        )

    def object_item(self, children: Children) -> Object | Unsupported:
        """`template kind name "Label" extends other { ... }`."""
        template, kind, name, label, _, parent, block = children
        span = self._span(template or kind, block)
        if kind.text in REFUSED_KINDS:
            self.lost.append(name.value)
            return Unsupported(f"`{kind.text}`", kind.span)
        return Object(
            kind,
            self._name(name),
            self._text(label) if label else None,
            parent,
            template is not None,
            self.refuse(block),
            "",
            span,
        )

    def block(self, children: Children) -> Block:
        """`{ entries }`."""
        lost = tuple(dict.fromkeys(self.lost_entries.pop(children[0].start_pos, ())))
        return Block(tuple(nodes(children)), self._span(children[0], children[-1]), lost)

    # ---------------------------------------------------------------- entries

    def field(self, children: Children) -> Field:
        """`name = value`."""
        name, _, value = children
        return Field(self._name(name), value, "", self._span(name, value))

    def input_entry(self, children: Children) -> Entry:
        """`input name : type = default within lo .. hi usual lo .. hi`."""
        word, name, _, kind, equal, default, _, within, _, usual = children
        end = usual or within or (default if equal else kind)
        span = self._span(word, end)
        return self._refuse_type(kind, name) or Input(self._name(name), kind, default, within, usual, "", span)

    def limits(self, children: Children) -> Limits:
        """`lo .. hi`."""
        low, _, high = children
        return Limits(low, high, self._span(low, high))

    def ref(self, children: Children) -> Ref:
        """`ref name : kind`, with or without a value."""
        word, name, _, kind, equal, value = children
        return Ref(self._name(name), kind, value, "", self._span(word, value if equal else kind))

    def ref_derived(self, children: Children) -> Ref:
        """`ref name = path`."""
        word, name, _, value = children
        return Ref(self._name(name), None, value, "", self._span(word, value))

    def back(self, children: Children) -> Back:
        """`back name = kind.ref`."""
        word, name, _, path = children
        return Back(self._name(name), path, "", self._span(word, path))

    def set_entry(self, children: Children) -> SetEntry | Unsupported:
        """`set name = a.b`; `set a.b = value` belongs to a scenario."""
        word, target, _, value = children
        span = self._span(word, value)
        if not isinstance(target, Reference):
            return Unsupported("setting a value by its path", span)
        return SetEntry(Name(target.name, target.span), value, "", span)

    def scale(self, children: Children) -> Unsupported:
        """`set path *= value` belongs to a scenario."""
        return Unsupported("scaling a value (`*=`)", self._span(children[0], children[-1]))

    def let(self, children: Children) -> Let | Unsupported:
        """`let name : type = value`."""
        word, name, _, kind, _, value = children
        refused = self._refuse_type(kind, name) if kind is not None else None
        return refused or Let(self._name(name), kind, value, "", self._span(word, value))

    def calc(self, children: Children) -> Entry:
        """`calc name[p in set, q in p.set] : type counts c p = formula`."""
        word, name, binders, _, kind, counts, equal, formula = children
        span = self._span(word, formula if equal else counts or kind)
        refused = self._refuse_type(kind, name, calculated=True)
        return refused or Calc(self._name(name), binders or (), kind, counts, formula, "", span)

    def binders(self, children: Children) -> tuple[Generator, ...]:
        """`[p in collection, q in p.others]`."""
        found = tuple(nodes(children))
        if len(found) > MOST_KEYS:
            message = f"a calculation has at most {MOST_KEYS} keys, this one has {len(found)}"
            self.report(Fault.KEYS, message, found[MOST_KEYS].span, "gather the others: `sum(... for x in ...)`")
        return found[:MOST_KEYS]

    def counts(self, children: Children) -> Counts:
        """`counts criterion phase`."""
        word, criterion, phase = children
        return Counts(criterion, phase, self._span(word, phase))

    def assertion(self, children: Children) -> Assert:
        """`assert name: condition else error "message"`."""
        word, name, _, condition, _, severity, message = children
        severity_name = self._name(severity)
        if severity_name.text not in SEVERITIES:
            self.report(
                Fault.CHOICE,
                f"`{shortened(severity_name.text)}` is no severity",
                severity_name.span,
                'write `else error "..."` or `else warn "..."`',
            )
        return Assert(self._name(name), condition, severity_name, self._text(message), "", self._span(word, message))

    def vary(self, children: Children) -> Unsupported:
        """`vary target in list`."""
        return Unsupported("`vary`", self._span(children[0], children[-1]))

    def correlate(self, children: Children) -> Unsupported:
        """`correlate list = value`."""
        return Unsupported("`correlate`", self._span(children[0], children[-1]))

    # ---------------------------------------------------------------- types

    def _refuse_type(
        self, kind: MeasureType | WordType, name: Token, *, calculated: bool = False
    ) -> Unsupported | None:
        """What stands for an entry whose type is not supported yet; None for others."""
        if not isinstance(kind, MeasureType) or not (kind.form == "intensity" or (kind.weekly and calculated)):
            return None
        self.lost.append(name.value)
        return Unsupported("an intensity series" if kind.form == "intensity" else "a calculated week", kind.span)

    def measure(self, children: Children) -> MeasureType:
        """`amount Ticket/Length?`."""
        weekly, form, dims, optional = children
        factors, end = dims
        return MeasureType(
            form.value if form else "scalar",
            weekly is not None,
            factors,
            optional is not None,
            self._span(weekly or form or factors[0].name, optional or end),
        )

    def dims(self, children: Children) -> tuple[tuple[Factor, ...], Any]:
        """`Ticket*Length/Time`, with its last part."""
        factors = [children[0][0]]
        for sign, (factor, _end) in zip(children[1::2], children[2::2], strict=True):
            factors.append(Factor(factor.name, -factor.exponent) if sign.value == "/" else factor)
        return tuple(factors), children[-1][1]

    def dim(self, children: Children) -> tuple[Factor, Any]:
        """`Time^2`, with its last part."""
        name, sign, exponent = children
        if not sign:
            return Factor(name, 1), name
        text: str = exponent.value
        span = self._token_span(exponent)
        if not text.isdigit():
            self.report(Fault.UNEXPECTED, "the exponent of a type is a whole number", span)
            return Factor(name, 1), exponent
        return Factor(name, int(text) if self._exponent_fits(text, span) else 1), exponent

    def choice(self, children: Children) -> WordType:
        """`a | b | c`."""
        *words, optional = children
        names = tuple(self._name(word) for word in words[::2])
        return WordType(names, optional is not None, self._span(words[0], optional or words[-1]))

    def link(self, children: Children) -> LinkType:
        """`kind`, `kind?`."""
        path, optional = children
        return LinkType(path, many=False, optional=optional is not None, span=self._span(path, optional or path))

    def links(self, children: Children) -> LinkType:
        """`[kind]`."""
        bracket, path, close = children
        return LinkType(path, many=True, optional=False, span=self._span(bracket, close))
