"""Objects with checked values and links, and which of them count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.context import Context
from gaic.check.core import Adopt, Follow, Read, Variable
from gaic.check.drafts import dotted
from gaic.check.findings import describe_circle, with_article
from gaic.check.functions import literal_value
from gaic.check.operators import is_poison
from gaic.check.program import Attribute, Entity, Formula, Kind, Link, Provenance, Role
from gaic.check.provenance import read_provenance
from gaic.check.signs import AttributeSign, RefSign
from gaic.check.symbols import STRUCTURAL
from gaic.check.types import POISON, Form, Measure
from gaic.source.diagnostic import Label
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field, Let, Object, Ref

if TYPE_CHECKING:
    from gaic.check.attributes import KindChecker
    from gaic.check.core import Core
    from gaic.check.drafts import Draft, Drafts, FieldDraft
    from gaic.check.findings import Findings
    from gaic.check.hourly import HourlyReader
    from gaic.check.infer import Inference
    from gaic.check.kinds import KindTable
    from gaic.check.symbols import Symbol, Symbols
    from gaic.load.bundle import LoadedModule
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


class Entities:
    """Checks objects, constants and shapes, and follows what they refer to."""

    def __init__(self, symbols: Symbols, kinds: KindTable, drafts: Drafts, findings: Findings) -> None:
        self.symbols = symbols
        self.kinds = kinds
        self.drafts = drafts
        self.findings = findings
        self.checker: KindChecker
        self.inference: Inference
        self.hours: HourlyReader
        self.pseudo: dict[str, Kind] = {}
        self._constants: dict[str, Entity | None] = {}
        self._busy: dict[str, Symbol] = {}
        self._depths: list[int] = []
        self._depth_of: dict[str, int] = {}
        self._reached: list[Draft] = []
        self._written: dict[str, frozenset[str]] = {}
        self.known: dict[str, Kind] = {}

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
                self._constants[path] = self._make_constant(symbol)
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
            core = self.hours.shape(symbol)
            if is_poison(core):
                return None
            written = s.Reference(declaration.name.text, declaration.span)
            formula = Formula(core, written, self._shape_source(declaration, symbol), declaration.span)
            label = declaration.label.value if declaration.label else declaration.name.text.replace("_", " ")
            head = Head(symbol.path, "shape", label, declaration.doc, declaration.name.span)
            return self.add_pseudo(head, {"value": formula})
        return None

    def _shape_source(self, declaration: Object, symbol: Symbol) -> Provenance:
        for entry in declaration.block.entries:
            if isinstance(entry, Field):
                found = read_provenance(entry.value, symbol.module, self.symbols)
                if found.source or found.note:
                    return found
        return Provenance()

    def _make_let(self, symbol: Symbol, declaration: Let) -> Entity | None:
        wanted, unit = self.inference.measures.read_type(declaration.type) if declaration.type else (None, None)
        form = wanted.form if isinstance(wanted, Measure) else Form.AMOUNT
        context = Context(symbol.module, form=form)
        bare = declaration.value.value if isinstance(declaration.value, s.Sourced) else declaration.value
        core = self.inference.value(bare, context)
        if wanted is not None:
            core = self.inference.fitting.fit(core, wanted, declaration.name.span, declaration.name.text)
        if is_poison(core):
            return None
        provenance = read_provenance(declaration.value, symbol.module, self.symbols)
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
            sign = AttributeSign(Role.INPUT, formula.core.type, shown, optional=False, keyed=False, span=formula.span)
            self.kinds.add_pseudo(kind, head.sort, key, sign)
            attributes[key] = Attribute(
                name=key,
                role=Role.INPUT,
                type=sign.type,
                unit=shown,
                optional=False,
                member=None,
                members=None,
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

    # ------------------------------------------------------------ objects

    def entity(self, draft: Draft) -> Entity:
        """Check every field of an object."""
        self._reached = []
        self._written[draft.path] = frozenset(draft.fields)
        inputs: dict[str, Formula] = {}
        links: dict[str, tuple[Link, ...]] = {}
        for name, field in draft.fields.items():
            sign = self.kinds.lookup(draft.kind, name)
            match sign:
                case None:
                    self._report_unknown_field(draft, field)
                case AttributeSign():
                    formula = self._input(draft, field, sign)
                    if formula is not None:
                        inputs[name] = formula
                case RefSign():
                    found = self._links(draft, field, sign)
                    if found is not None:
                        links[name] = found
                case _:
                    self.findings.error(
                        "GAI314", f"`{name}` follows from other references and cannot be set", field.name.span
                    )
        return Entity(draft.path, draft.kind, draft.label, draft.doc, inputs, links, draft.base, draft.span)

    def reached(self) -> list[Draft]:
        """The unnamed and referred objects that the last entity leads to."""
        return self._reached

    def _report_unknown_field(self, draft: Draft, field: FieldDraft) -> None:
        self.kinds.report_unknown(draft.kind, field.name, "field")

    def _input(self, draft: Draft, field: FieldDraft, sign: AttributeSign) -> Formula | None:
        name = field.name.text
        if sign.role is not Role.INPUT:
            what = "calculated" if sign.role is Role.CALCULATED else "a constant of its kind"
            self.findings.error(
                "GAI314",
                f"`{name}` is {what} and cannot be set",
                field.name.span,
                labels=(Label(sign.span, "declared here"),),
                fix="extend the kind to override a formula",
            )
            return None
        form = sign.type.form if isinstance(sign.type, Measure) else Form.SCALAR
        context = Context(field.module, draft.kind, form=form)
        core = self.checker.read_value(field.value, name, sign, context, default=False)
        if core is None:
            return None
        attribute = self._declared(draft.kind, name)
        if attribute is not None:
            self.checker.check_bounds(name, core, attribute.within, attribute.usual, sign)
        provenance = read_provenance(field.value, field.module, self.symbols)
        unit = self.inference.measures.written_unit(field.value, sign.type)
        return Formula(core, field.value, provenance, field.name.span.to(field.value.span), unit)

    def _declared(self, kind: str, name: str) -> Attribute | None:
        return self.known[kind].attributes.get(name) if kind in self.known else None

    # ------------------------------------------------------------ references

    def _links(self, draft: Draft, field: FieldDraft, sign: RefSign) -> tuple[Link, ...] | None:
        declaration = self.kinds.kinds[draft.kind].entries[field.name.text].entry
        if isinstance(declaration, Ref) and declaration.value is not None:
            self.findings.error(
                "GAI314",
                f"`{field.name.text}` follows from other references and cannot be set",
                field.name.span,
                labels=(Label(sign.span, "declared here"),),
            )
            return None
        place = f"{draft.path}.{field.name.text}"
        if sign.many:
            return self._list(field, sign, place)
        link = self._link(field.value, field.module, sign, place)
        return (link,) if link else None

    def _list(self, field: FieldDraft, sign: RefSign, place: str) -> tuple[Link, ...] | None:
        if not isinstance(field.value, s.ListLiteral):
            self.findings.error(
                "GAI315",
                f"`{field.name.text}` is a list",
                field.value.span,
                labels=(Label(sign.span, "declared here"),),
                fix=f"write `[{field.value.span.text}]`",
            )
            return None
        found = [
            self._weighted(item, field.module, sign, f"{place}[{number}]")
            for number, item in enumerate(field.value.items, 1)
        ]
        return tuple(f for f in found if f is not None)

    def _weighted(self, item: s.Expression, module: LoadedModule, sign: RefSign, place: str) -> Link | None:
        match item:
            case s.Binary("*", left, right):
                target, factor = (
                    (right, left) if not isinstance(left, s.Reference | s.Member | s.Amend) else (left, right)
                )
                weight = literal_value(self.inference.value(factor, Context(module)))
                if weight is None:
                    self.findings.error("GAI316", "the weight of a link is a plain number", factor.span)
                    return None
                return self._link(target, module, sign, place, weight)
            case _:
                return self._link(item, module, sign, place)

    def _link(
        self, written: s.Expression, module: LoadedModule, sign: RefSign, place: str, weight: float = 1.0
    ) -> Link | None:
        draft = self._target(written, module, place)
        if draft is None:
            return None
        if draft.template:
            self.findings.error(
                "GAI317",
                f"`{draft.path}` is a template",
                written.span,
                fix="make an object of it: `extends`, or `{ ... }`",
            )
            return None
        if not self.kinds.is_kind(draft.kind, sign.kind):
            wanted, given = (with_article(self.kinds.kinds[k].shown) for k in (sign.kind, draft.kind))
            self.findings.error(
                "GAI303",
                f"{wanted} is wanted here, `{written.span.text.split('{')[0].strip()}` is {given}",
                written.span,
                label=given,
                labels=(Label(sign.span, f"{wanted} is wanted"), Label(draft.span, "declared here")),
            )
            return None
        self._reached.append(draft)
        return Link(draft.path, weight, written.span)

    def _target(self, written: s.Expression, module: LoadedModule, place: str) -> Draft | None:
        if isinstance(written, s.Amend):
            return self.drafts.amend(written, module, place)
        names = dotted(written)
        if names is None:
            self.findings.error("GAI303", "an object is wanted here", written.span)
            return None
        return self.drafts.find(names, module)

    # ------------------------------------------------------------ what is missing

    def report_missing(self, entity: Entity, kind: Kind) -> None:
        """Report inputs and references that an object must set and does not."""
        for attribute in kind.attributes.values():
            if attribute.role is not Role.INPUT or attribute.optional or attribute.name in entity.inputs:
                continue
            if attribute.formula is None:
                if attribute.type != POISON and not self._has_written_default(kind, attribute.name):
                    self._report_missing(entity, kind, attribute.name, attribute.span, "")
                continue
            unset = _unset_refs(attribute.formula.core, entity, kind)
            if unset:
                self._report_missing(entity, kind, attribute.name, attribute.span, unset)
        for ref in kind.refs.values():
            if not (ref.many or ref.optional or ref.derived) and ref.name not in entity.links:
                self._report_missing(entity, kind, ref.name, ref.span, "")

    def _has_written_default(self, kind: Kind, name: str) -> bool:
        entry = self.kinds.kinds[kind.name].entries[name].entry
        return getattr(entry, "default", None) is not None

    def _report_missing(self, entity: Entity, kind: Kind, name: str, span: Span, unset: str) -> None:
        if name in self._written.get(entity.path, ()):
            return
        self.findings.error(
            "GAI301",
            f"`{entity.path}` needs `{name}`",
            entity.span,
            label=f"{with_article(kind.shown)} without `{name}`",
            labels=(Label(span, "declared here"),),
            notes=(f"it would come from `{unset}`, which is not set either",) if unset else (),
            fix=f"add `{name} = ...`" + (f", or `{unset} = ...`" if unset else ""),
        )


def _unset_refs(core: Core, entity: Entity, kind: Kind) -> str:
    """The optional reference through which a default runs and which an object does not set, or an empty text."""
    while isinstance(core, Read | Follow | Adopt):
        if isinstance(core, Follow) and isinstance(core.subject, Variable) and core.ref not in entity.links:
            ref = kind.refs.get(core.ref)
            return core.ref if ref is not None and ref.optional else ""
        core = core.operand if isinstance(core, Adopt) else core.subject
    return ""
