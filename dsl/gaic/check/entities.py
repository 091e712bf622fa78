"""Objects with checked values and links, and which of them count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.constants import Constants
from gaic.check.context import Context
from gaic.check.core import Adopt, Follow, Read, Variable
from gaic.check.findings import with_article
from gaic.check.functions import literal_value
from gaic.check.loose import check_loosely
from gaic.check.offers import Offers
from gaic.check.operators import is_poison
from gaic.check.program import Entity, Formula, Link, Role
from gaic.check.provenance import read_provenance
from gaic.check.signs import AttributeSign, RefSign
from gaic.check.types import POISON, Form, Measure
from gaic.source.diagnostic import Edit, Label, Repair
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Ref
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from gaic.check.attributes import KindChecker
    from gaic.check.core import Core
    from gaic.check.drafts import Draft, Drafts, FieldDraft
    from gaic.check.findings import Findings
    from gaic.check.kinds import KindTable
    from gaic.check.program import Attribute, Kind
    from gaic.check.symbols import Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.source.text import Span


class Entities(Constants):
    """Checks objects, and follows what they refer to."""

    def __init__(self, symbols: Symbols, kinds: KindTable, drafts: Drafts, findings: Findings) -> None:
        super().__init__(symbols, kinds, drafts, findings)
        self.checker: KindChecker
        self.known: dict[str, Kind] = {}
        self._reached: list[Draft] = []
        self._written: dict[str, frozenset[str]] = {}

    # ------------------------------------------------------------ objects

    def entity(self, draft: Draft) -> Entity:
        """Check every field of an object."""
        self._reached = []
        self._written[draft.path] = self._attempted(draft)
        inputs: dict[str, Formula] = {}
        links: dict[str, tuple[Link, ...]] = {}
        for name, field in draft.fields.items():
            sign = self.kinds.lookup(draft.kind, name)
            match sign:
                case None:
                    self._report_unknown_field(draft, field)
                    check_loosely(field.value, field.module, self.symbols, self.inference.measures)
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

    def _attempted(self, draft: Draft) -> frozenset[str]:
        """What an object sets or was meant to set: its fields, what a misspelt one may stand for, broken entries.

        A broken entry that names nothing of the kind may stand for anything.
        """
        names = self.kinds.names(draft.kind)
        if any(name not in names for name in draft.lost):
            return frozenset(names)
        unknown = [name for name in draft.fields if name not in names]
        known = self.kinds.settable(draft.kind)
        meant = (self.findings.speller.suggest(name, known) for name in unknown)
        return frozenset({*draft.fields, *draft.lost, *filter(None, meant)})

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
        provenance = read_provenance(field.value, field.module, self.symbols)
        core = self.checker.read_value(field.value, name, sign, context, default=False)
        if core is None:
            return None
        attribute = self._declared(draft.kind, name)
        if attribute is not None:
            self.checker.check_bounds(name, core, attribute.within, attribute.usual, sign)
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
                fix=_write(field.value.span, f"[{field.value.span.text}]"),
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
                core = self.inference.value(factor, Context(module))
                weight = literal_value(core)
                if weight is None or not isinstance(core.type, Measure) or not core.type.is_plain or weight < 0:
                    if not is_poison(core):
                        message = "the weight of a link is a plain number, 0 or more"
                        self.findings.error("GAI316", message, factor.span)
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
        if draft.path in self.symbols.twice:  # the other declaration may be the one that is meant
            return None
        if not self.kinds.is_kind(draft.kind, sign.kind):
            wanted, given = map(with_article, self.kinds.names_apart(sign.kind, draft.kind))
            self.findings.error(
                "GAI303",
                f"{wanted} is wanted here, `{written.span.text.split('{')[0].strip()}` is {given}",
                written.span,
                label=given,
                labels=(Label(sign.span, f"{wanted} is wanted"), Label(draft.span, "declared here")),
                fix=Offers(self.symbols, self.kinds).for_wrong_kind(sign.kind, module),
            )
            return None
        self._reached.append(draft)
        return Link(draft.path, weight, written.span)

    def _target(self, written: s.Expression, module: LoadedModule, place: str) -> Draft | None:
        if isinstance(written, s.Amend):
            return self.drafts.amend(written, module, place)
        names = names_of(written)
        if names is None:
            lone = (
                written.items[0].span.text if isinstance(written, s.ListLiteral) and len(written.items) == 1 else None
            )
            fix = _write(written.span, lone) if lone is not None else None
            self.findings.error("GAI303", "an object is wanted here", written.span, fix=fix)
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
            if unset and unset not in self._written.get(entity.path, ()):
                self._report_missing(entity, kind, attribute.name, attribute.span, unset)
        for ref in kind.refs.values():
            if not (ref.many or ref.optional or ref.derived) and ref.name not in entity.links:
                self._report_missing(entity, kind, ref.name, ref.span, "", ref.kind)

    def _has_written_default(self, kind: Kind, name: str) -> bool:
        entry = self.kinds.kinds[kind.name].entries[name].entry
        return getattr(entry, "default", None) is not None

    def _report_missing(
        self, entity: Entity, kind: Kind, name: str, span: Span, unset: str, target: str | None = None
    ) -> None:
        if name in self._written.get(entity.path, ()):
            return
        self.findings.error(
            "GAI301",
            f"`{entity.path}` needs `{name}`",
            entity.span,
            label=f"{with_article(kind.shown)} without `{name}`",
            labels=(Label(span, "declared here"),),
            notes=(f"it would come from `{unset}`, which is not set either",) if unset else (),
            fix=self._offer(entity, kind, name, unset, target),
        )

    def _offer(self, entity: Entity, kind: Kind, name: str, unset: str, target: str | None) -> str:
        offers = Offers(self.symbols, self.kinds)
        if unset:
            return f"add `{name} = ...`, or " + offers.for_reference(unset, kind.refs[unset].kind, entity)[4:]
        return offers.for_input(name, entity) if target is None else offers.for_reference(name, target, entity)


def _write(span: Span, text: str) -> Repair:
    """The advice to write something else in a place, which is safe to do."""
    return Repair(f"write `{text}`", (Edit(span, text),))


def _unset_refs(core: Core, entity: Entity, kind: Kind) -> str:
    """The optional reference through which a default runs and which an object does not set, or an empty text."""
    while isinstance(core, Read | Follow | Adopt):
        if isinstance(core, Follow) and isinstance(core.subject, Variable) and core.ref not in entity.links:
            ref = kind.refs.get(core.ref)
            return core.ref if ref is not None and ref.optional else ""
        core = core.operand if isinstance(core, Adopt) else core.subject
    return ""
