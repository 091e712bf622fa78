"""Constants, shapes and the study: values of the language's own, each an entity of a kind of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.context import Context
from gaic.check.findings import describe_circle
from gaic.check.operators import is_poison
from gaic.check.program import Attribute, Entity, Formula, Kind, Provenance, Role
from gaic.check.provenance import read_provenance
from gaic.check.signs import AttributeSign
from gaic.check.symbols import STRUCTURAL
from gaic.check.types import Form, Measure
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field, Let, Object

if TYPE_CHECKING:
    from gaic.check.core import Core
    from gaic.check.drafts import Drafts
    from gaic.check.findings import Findings
    from gaic.check.hourly import HourlyReader
    from gaic.check.infer import Inference
    from gaic.check.kinds import KindTable
    from gaic.check.shapes import ShapeReader
    from gaic.check.symbols import Symbol, Symbols
    from gaic.source.text import Span
    from gaic.units.measures import Unit


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of an entity of the language's own: a constant ("let"), a shape, the study."""

    path: str
    sort: str
    label: str
    doc: str
    span: Span


class Constants:
    """Checks constants and shapes, and says what kind a declaration is of."""

    def __init__(self, symbols: Symbols, kinds: KindTable, drafts: Drafts, findings: Findings) -> None:
        self.symbols = symbols
        self.kinds = kinds
        self.drafts = drafts
        self.findings = findings
        self.inference: Inference
        self.hours: HourlyReader
        self.shapes: ShapeReader
        self.pseudo: dict[str, Kind] = {}
        self.mentions: dict[str, tuple[Symbol, ...]] = {}
        self._constants: dict[str, Entity | None] = {}
        self._busy: dict[str, Symbol] = {}
        self._depths: list[int] = []
        self._depth_of: dict[str, int] = {}

    # ------------------------------------------------------------ what inference asks

    def kind_of(self, symbol: Symbol) -> str | None:
        """The concrete kind of a declared object, constant or shape; None if that was reported."""
        declaration = symbol.declaration
        if isinstance(declaration, Object) and declaration.kind.text not in STRUCTURAL:
            draft = self.drafts.draft(symbol)
            return draft.kind if draft else None
        entity = self.constant(symbol)
        return entity.kind if entity else None

    def hourly(self, call: s.Call, context: Context) -> Core:
        """The series that a call of `hourly` writes down."""
        return self.hours.read(call, context)

    # ------------------------------------------------------------ constants and shapes

    def constant(self, symbol: Symbol) -> Entity | None:
        """The entity of a `let` or a shape, with one attribute `value`."""
        path = symbol.path
        if path not in self._constants:
            if path in self._busy:
                self._report_circle(path)
                return None
            self._depths.append(0)
            if len(self._busy) < self.symbols.bundle.files.limits.chain:
                self._busy[path] = symbol
                before = len(self.inference.mentioned)
                self._constants[path] = self._make_constant(symbol)
                self.mentions[path] = tuple(self.inference.mentioned[before:])
                del self._busy[path]
            self._note_depth(path, symbol, self._depths.pop() + 1)
        elif self._depths:
            self._depths[-1] = max(self._depths[-1], self._depth_of.get(path, 0))
        return self._constants[path]

    def _note_depth(self, path: str, symbol: Symbol, depth: int) -> None:
        """Refuse a constant that leans on too many others, whatever the order in which they are declared."""
        limit = self.symbols.bundle.files.limits.chain
        if depth > limit or path not in self._constants:
            self.findings.report_chain(path, symbol.name.span, limit)
            self._constants[path] = None
        self._depth_of[path] = depth
        if self._depths:
            self._depths[-1] = max(self._depths[-1], depth)

    def _report_circle(self, path: str) -> None:
        """Say which constants are defined by each other, link by link."""
        names = list(self._busy)
        links = [(name, self._busy[name].name.span) for name in names[names.index(path) :]]
        self.findings.items.append(describe_circle("GAI115", links, "needs", "give one of them a value of its own"))

    def _make_constant(self, symbol: Symbol) -> Entity | None:
        declaration = symbol.declaration
        if isinstance(declaration, Let):
            return self._make_let(symbol, declaration)
        if isinstance(declaration, Object) and declaration.kind.text == "shape":
            core, source = self.shapes.shape(symbol), self._shape_source(declaration, symbol)
            if is_poison(core):
                return None
            written = s.Reference(declaration.name.text, declaration.span)
            formula = Formula(core, written, source, declaration.span)
            label = declaration.label.value if declaration.label else declaration.name.text.replace("_", " ")
            head = Head(symbol.path, "shape", label, declaration.doc, declaration.name.span)
            return self.add_pseudo(head, {"value": formula})
        return None

    def _shape_source(self, declaration: Object, symbol: Symbol) -> Provenance:
        """The first provenance in the fields of a shape; all of them are looked up."""
        fields = [entry.value for entry in declaration.block.entries if isinstance(entry, Field)]
        found = [read_provenance(value, symbol.module, self.symbols) for value in fields]
        return next((each for each in found if each.source or each.note), Provenance())

    def _make_let(self, symbol: Symbol, declaration: Let) -> Entity | None:
        self.symbols.check_type(symbol.module, declaration.type)
        wanted, unit = self.inference.measures.read_type(declaration.type) if declaration.type else (None, None)
        form = wanted.form if isinstance(wanted, Measure) else Form.AMOUNT
        context = Context(symbol.module, form=form)
        bare = declaration.value.value if isinstance(declaration.value, s.Sourced) else declaration.value
        core = self.inference.value(bare, context)
        if wanted is not None:
            core = self.inference.fitting.fit(core, wanted, declaration.name.span, declaration.name.text)
        provenance = read_provenance(declaration.value, symbol.module, self.symbols)
        if is_poison(core):
            return None
        shown = self.inference.measures.written_unit(declaration.value, core.type)
        formula = Formula(core, declaration.value, provenance, declaration.value.span, shown)
        label = declaration.name.text.replace("_", " ")
        head = Head(symbol.path, "let", label, declaration.doc, declaration.name.span)
        return self.add_pseudo(head, {"value": formula}, unit)

    def add_pseudo(self, head: Head, formulas: dict[str, Formula], unit: Unit | None = None) -> Entity:
        """An entity of the language's own; its kind has just these attributes."""
        kind = f"{head.sort} {head.path}"
        attributes: dict[str, Attribute] = {}
        for key, formula in formulas.items():
            shown = unit or self._shown_unit(formula)
            sign = AttributeSign(Role.INPUT, formula.core.type, shown, optional=False, keys=0, span=formula.span)
            self.kinds.add_pseudo(kind, head.sort, key, sign)
            attributes[key] = Attribute(
                name=key,
                role=Role.INPUT,
                type=sign.type,
                unit=shown,
                optional=False,
                keys=(),
                formula=None,
                within=None,
                usual=None,
                counting=None,
                doc=head.doc,
                span=formula.span,
            )
        self.pseudo[kind] = Kind(
            name=kind,
            shown=head.sort,
            label=head.sort,
            doc="",
            parents=(kind,),
            abstract=False,
            category=head.sort,
            attributes=attributes,
            refs={},
            backs={},
            sets={},
            promises=(),
            span=head.span,
        )
        return Entity(head.path, kind, head.label, head.doc, formulas, {}, None, head.span)

    def _shown_unit(self, formula: Formula) -> Unit | None:
        """The unit of a value without a declared type: as written, else the usual one of its dimension."""
        type_ = formula.core.type
        if formula.unit is not None or not isinstance(type_, Measure):
            return formula.unit
        return self.inference.measures.usual_unit(type_)
