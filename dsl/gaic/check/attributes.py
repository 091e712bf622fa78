"""Attributes of concrete kinds: declared types, limits, and formulas checked with `self` narrowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.check.context import Context
from gaic.check.core import Adopt, Hours, Literal, Word
from gaic.check.functions import literal_value
from gaic.check.known import may_be_unset
from gaic.check.naked import report_naked_numbers
from gaic.check.operators import is_poison
from gaic.check.program import Attribute, Back, Bounds, Counting, Formula, Kind, ObjectSet, Promise, Reference, Role
from gaic.check.provenance import read_provenance
from gaic.check.signs import AttributeSign, BackSign, RefSign, SetSign, chain_of
from gaic.check.structural import check_zone
from gaic.check.types import POISON, Form, Measure, Words
from gaic.check.weekly import week_values
from gaic.source.diagnostic import Edit, Label, Repair, Severity
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Assert, Calc, Input, Let, Ref
from gaic.units.numbers import format_short

if TYPE_CHECKING:
    from gaic.check.core import Binding, Core
    from gaic.check.findings import Findings
    from gaic.check.infer import Inference
    from gaic.check.kinds import KindTable
    from gaic.check.lineage import Declaration
    from gaic.check.symbols import Symbol, Symbols
    from gaic.syntax.declarations import Counts, Limits


@dataclass(slots=True)
class _Entries:
    """What a kind has, by name, as it is checked."""

    attributes: dict[str, Attribute] = field(default_factory=dict)
    refs: dict[str, Reference] = field(default_factory=dict)
    backs: dict[str, Back] = field(default_factory=dict)
    sets: dict[str, ObjectSet] = field(default_factory=dict)


class KindChecker:
    """Makes checked kinds."""

    def __init__(self, symbols: Symbols, kinds: KindTable, inference: Inference, findings: Findings) -> None:
        self.symbols = symbols
        self.kinds = kinds
        self.inference = inference
        self.findings = findings
        self.mentions: dict[str, tuple[Symbol, ...]] = {}

    def check(self, name: str) -> Kind:
        """Check every formula of a kind as its objects run it."""
        raw = self.kinds.kinds[name]
        waiting = len(self.inference.mentioned)
        entries = _Entries()
        for key, declaration in raw.entries.items():
            self._check_entry(name, key, declaration, entries)
        promises = tuple(p for d in raw.asserts.values() if (p := self._promise(name, d)) is not None)
        self.mentions[name] = tuple(self.inference.mentioned[waiting:])
        del self.inference.mentioned[waiting:]
        # An object with calculations of its own shows the label and the words of the kind that it was declared with.
        declared = self.kinds.kinds[raw.parents[1]].declaration if raw.objects_visible else raw.declaration
        return Kind(
            name=name,
            shown=raw.shown,
            label=declared.label.value if declared.label else raw.shown.replace("_", " "),
            doc=declared.doc,
            parents=raw.parents,
            abstract=raw.abstract,
            category=raw.category or raw.shown,
            attributes=entries.attributes,
            refs=entries.refs,
            backs=entries.backs,
            sets=entries.sets,
            promises=promises,
            span=raw.declaration.name.span,
        )

    def _check_entry(self, name: str, key: str, declaration: Declaration, entries: _Entries) -> None:
        entry, doc = declaration.entry, self._doc(name, key)
        match self.kinds.sign(name, key):
            case AttributeSign() as sign:
                entries.attributes[key] = self._attribute(name, key, declaration, sign, doc)
            case RefSign(kind, many, optional, list_name, span):
                derived = chain_of(entry.value) if isinstance(entry, Ref) and entry.value else None
                entries.refs[key] = Reference(key, kind, many, optional, derived, list_name, doc, span)
            case BackSign(kind, lists, span):
                entries.backs[key] = Back(key, kind, lists, doc, span)
            case SetSign(kind, chains, span):
                entries.sets[key] = ObjectSet(key, kind, chains, doc, span)
            case _:
                pass

    def _doc(self, kind: str, name: str) -> str:
        """The documentation of an entry: its own or the nearest parent's."""
        for parent in self.kinds.kinds[kind].parents:
            declaration = self.kinds.kinds[parent].entries.get(name)
            if declaration is not None and declaration.entry.doc:
                return declaration.entry.doc
        return ""

    def context(self, kind: str, declaration: Declaration, form: Form = Form.AMOUNT) -> Context:
        """Where the expressions of an entry stand when an object of a kind runs them."""
        visible = self.kinds.kinds[declaration.owner].objects_visible
        return Context(declaration.module, kind, visible=visible, form=form)

    def _attribute(self, kind: str, name: str, declaration: Declaration, sign: AttributeSign, doc: str) -> Attribute:
        form = sign.type.form if isinstance(sign.type, Measure) else Form.SCALAR
        context = self.context(kind, declaration, form)
        entry = declaration.entry
        written = entry.formula if isinstance(entry, Calc) else entry.default if isinstance(entry, Input) else None
        keys: tuple[Binding, ...] = ()
        if isinstance(entry, Calc) and entry.binders:
            bound = self.inference.keys_of(entry, context)
            if bound is None:  # the formula knows no more of its keys than was said
                written = None
            else:
                context, keys = bound
        if isinstance(entry, Let):
            written = entry.value
        formula = self._formula(written, name, sign, context) if written is not None else None
        if isinstance(entry, Calc):
            self._check_calc(kind, entry, formula, declaration)
        elif formula is not None and not isinstance(written, s.Number | s.Quantity):
            self._check_numbers(written, declaration, entry)
        within = self._bounds(entry.within, name, sign, context) if isinstance(entry, Input) else None
        usual = self._bounds(entry.usual, name, sign, context) if isinstance(entry, Input) else None
        if formula is not None and isinstance(entry, Input):
            self.check_bounds(name, formula.core, within, usual, sign)
        return Attribute(
            name, sign.role, sign.type, sign.unit, sign.optional, keys, formula, within, usual,
            self._counting(kind, name), doc, entry.name.span,
        )  # fmt: skip

    def _check_calc(self, kind: str, entry: Calc, formula: Formula | None, declaration: Declaration) -> None:
        raw = self.kinds.kinds[kind]
        if entry.formula is not None and formula is not None:
            report_naked_numbers(entry.formula, self.findings, library=declaration.module.library)
        elif entry.formula is None and not raw.abstract and not self.kinds.is_lost(kind, entry.name.text):
            self.findings.error(
                "GAI307",
                f"`{raw.shown}` does not say how `{entry.name.text}` is calculated",
                raw.declaration.name.span,
                labels=(Label(entry.name.span, "declared here without a formula"),),
                fix=f"add `calc {entry.name.text} ... = ...`, or `= nothing`",
            )

    def _check_numbers(self, written: s.Expression | None, declaration: Declaration, entry: object) -> None:
        if written is not None and not isinstance(entry, Let):
            report_naked_numbers(written, self.findings, library=declaration.module.library, data=True)

    def _formula(self, written: s.Expression, name: str, sign: AttributeSign, context: Context) -> Formula | None:
        provenance = read_provenance(written, context.module, self.symbols)
        core = self.read_value(written, name, sign, context, default=sign.role is Role.INPUT)
        if core is None:
            return None
        unit = self.inference.measures.written_unit(written, sign.type)
        return Formula(core, written, provenance, written.span, unit)

    def read_value(
        self, written: s.Expression, name: str, sign: AttributeSign, context: Context, *, default: bool
    ) -> Core | None:
        """The value of an attribute: a word of its choice, a text, a number of its type."""
        bare = written.value if isinstance(written, s.Sourced) else written
        if isinstance(sign.type, Words):
            return self._read_word(bare, name, sign, context)
        core = self.inference.infer(bare, context)
        if may_be_unset(core) and not (default or sign.optional):
            core = self.inference.value(bare, context)
        core = self.inference.fitting.fit(core, sign.type, sign.span, name)
        return None if is_poison(core) else core

    def _read_word(self, written: s.Expression, name: str, sign: AttributeSign, context: Context) -> Core | None:
        choice = sign.type
        if not isinstance(choice, Words):
            return None
        if choice.words and isinstance(written, s.Reference):
            if written.name in choice.words:
                return Word(written.name, choice, written.span)
            self.inference.report_word(s.Name(written.name, written.span), choice)
            return None
        core = self.inference.infer(written, context)
        if is_poison(core):
            return None
        if isinstance(core, Word) and choice.kind == "zone" and not check_zone(core.value, core.span, self.findings):
            return None
        if isinstance(core, Word) and choice.words and not (isinstance(core.type, Words) and core.type.words):
            self._report_quotes(core, choice)
            return None
        if isinstance(core, Word) and choice.kind == "zone":
            return Word(core.value, choice, core.span)
        core = self.inference.fitting.fit(core, choice, sign.span, name)
        return None if is_poison(core) else core

    def _report_quotes(self, core: Word, choice: Words) -> None:
        if core.value in choice.words:
            message = "the words of a choice stand without quotes"
            self.findings.error("GAI119", message, core.span, fix=f"write `{core.value}`")
        else:
            self.inference.report_word(s.Name(core.value, core.span), choice)

    def _bounds(self, limits: Limits | None, name: str, sign: AttributeSign, context: Context) -> Bounds | None:
        if limits is None:
            return None
        if not isinstance(sign.type, Measure):
            if sign.type != POISON:
                what = self.inference.measures.describe(sign.type)
                self.findings.error("GAI313", f"`{name}` is {what} and has no limits", limits.span)
            return None
        ends: list[float] = []
        wanted = Measure(Form.SCALAR, sign.type.dimension, sign.type.tag)
        for end in (limits.low, limits.high):
            core = self.inference.value(end, context)
            if literal_value(core) != 0 or not isinstance(core.type, Measure) or not core.type.is_plain:
                core = self.inference.fitting.fit(core, wanted, sign.span, name)
            value = literal_value(_strip(core))
            if value is None:
                if not is_poison(core):
                    self.findings.error("GAI313", "a limit is a number", end.span)
                return None
            ends.append(value)
        if ends[0] > ends[1]:
            low, high = limits.low.span, limits.high.span
            repair = Repair("swap them", (Edit(low, high.text), Edit(high, low.text)))
            self.findings.error("GAI312", "the low end is above the high end", limits.span, fix=repair)
            return None
        return Bounds(ends[0], ends[1], limits.span)

    def check_bounds(
        self, name: str, core: Core, within: Bounds | None, usual: Bounds | None, sign: AttributeSign
    ) -> None:
        """Check a literal, or the ends of a week, against the allowed and the plausible range of its attribute."""
        ends = _written_ends(_strip(core))
        forbidden = next((v for v in ends if within is not None and not within.low <= v <= within.high), None)
        unusual = next((v for v in ends if usual is not None and not usual.low <= v <= usual.high), None)
        if within is not None and forbidden is not None:
            self.findings.error(
                "GAI310",
                f"`{name}` is {self._show(core, forbidden, sign)}, allowed is {within.written}",
                core.span,
                labels=(Label(within.span, "the allowed range"),),
            )
        elif usual is not None and unusual is not None:
            self.findings.warn(
                "GAI610",
                f"`{name}` is {self._show(core, unusual, sign)}, usual is {usual.written}",
                core.span,
                labels=(Label(usual.span, "the usual range"),),
            )

    def _show(self, core: Core, value: float, sign: AttributeSign) -> str:
        """A number as it is written; the nominal value of an uncertain one, the hour of a week."""
        bare = _strip(core)
        if not isinstance(bare, Hours) and not (isinstance(bare, Literal) and bare.range is not None):
            return " ".join(core.span.text.split())
        unit = sign.unit
        if unit is None:
            return format_short(value)
        return f"{format_short(value / unit.factor)} {unit.shown}".strip()

    def _counting(self, kind: str, name: str) -> Counting | None:
        for parent in self.kinds.kinds[kind].parents:
            declaration = self.kinds.kinds[parent].entries.get(name)
            if declaration is None or not isinstance(declaration.entry, Calc) or declaration.entry.counts is None:
                continue
            counts = declaration.entry.counts
            self._check_counts(counts, declaration)
            return Counting(counts.criterion.names[-1].text, counts.phase.names[-1].text)
        return None

    def _check_counts(self, counts: Counts, declaration: Declaration) -> None:
        for path in (counts.criterion, counts.phase):
            symbol, count = self.symbols.find_path(declaration.module, path.names, kind=False)
            if symbol is None or count != len(path.names):
                self.symbols.report_unknown(declaration.module, path.names, "criterion or phase", kind=False)

    def _promise(self, kind: str, declaration: Declaration) -> Promise | None:
        entry = declaration.entry
        if not isinstance(entry, Assert):
            return None
        return self.promise(entry, self.context(kind, declaration))

    def promise(self, entry: Assert, context: Context) -> Promise | None:
        """An assertion with its condition checked."""
        condition = self.inference.truth(entry.condition, context)
        if is_poison(condition):
            return None
        severity = Severity.ERROR if entry.severity.text == "error" else Severity.WARNING
        return Promise(entry.name.text, condition, entry.condition, severity, entry.message.value, entry.name.span)


def _written_ends(core: Core) -> tuple[float, ...]:
    """The number that a literal is, or the lowest and the highest hour of a week; nothing of what is calculated."""
    week, value = week_values(core), literal_value(core)
    if week is not None:
        return min(week), max(week)
    return () if value is None else (value,)


def _strip(core: Core) -> Core:
    """The expression inside a change of tag or unit."""
    while isinstance(core, Adopt):
        core = core.operand
    return core
