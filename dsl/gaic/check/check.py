"""From a bundle to a checked program: the passes in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.attributes import KindChecker
from gaic.check.constants import Head
from gaic.check.context import Context
from gaic.check.drafts import Drafts
from gaic.check.entities import Entities
from gaic.check.findings import Findings, merge_gaps
from gaic.check.freshness import warn_of_stale_sources
from gaic.check.hourly import HourlyReader
from gaic.check.infer import Inference
from gaic.check.kinds import KindTable
from gaic.check.loose import check_loosely
from gaic.check.measures import Measures, build_system, declared_types, lost_names
from gaic.check.names import Desk
from gaic.check.program import Formula, Program
from gaic.check.provenance import read_provenance
from gaic.check.shapes import ShapeReader
from gaic.check.structural import declare_words, read_study
from gaic.check.symbols import STRUCTURAL, Symbols
from gaic.check.unused import warn_of_unused
from gaic.load.bundle import PRELUDE
from gaic.source.diagnostic import has_errors, sort_diagnostics
from gaic.syntax.declarations import Assert, Let, Object
from gaic.syntax.expressions import Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gaic.check.drafts import Draft
    from gaic.check.program import Entity, Kind, Promise, Study
    from gaic.check.symbols import Symbol
    from gaic.load.bundle import Bundle, LoadedModule
    from gaic.source.diagnostic import Diagnostic
    from gaic.syntax.declarations import Field


def check_bundle(bundle: Bundle, earlier: Iterable[Diagnostic] = ()) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """Check a bundle; the program is None if there are errors, `earlier` ones of loading included."""
    findings = Findings(list(earlier))
    checker = _Checker(bundle, findings)
    program = checker.run()
    diagnostics = merge_gaps(sort_diagnostics(findings.items))
    return (None if has_errors(diagnostics) else program), diagnostics


@dataclass(slots=True)
class _Alive:
    """Objects that count, by path, as they are found."""

    entities: dict[str, Entity]
    queue: list[Draft]


class _Checker:
    def __init__(self, bundle: Bundle, findings: Findings) -> None:
        self.bundle = bundle
        self.findings = findings
        self.symbols = Symbols(bundle, findings)
        self.symbols.collect()
        system = build_system(bundle, findings)
        self.measures = Measures(system, findings, declared_types(bundle), lost_names(bundle))
        self.kinds = KindTable(self.symbols, self.measures, findings)
        self.drafts = Drafts(self.symbols, self.kinds, findings)
        self.entities = Entities(self.symbols, self.kinds, self.drafts, findings)
        self.inference = Inference(Desk(self.symbols, self.kinds, self.measures, findings, self.entities))
        self.checker = KindChecker(self.symbols, self.kinds, self.inference, findings)
        self.entities.checker = self.checker
        self.entities.inference = self.inference

    def run(self) -> Program:
        declared = declare_words(self.symbols, self.findings)
        study, numbers = read_study(self.symbols, self.findings)
        self.entities.hours = HourlyReader(self.inference, study, self.findings)
        self.entities.shapes = ShapeReader(self.inference, study, self.findings)
        self.kinds.build()
        drafts = self._declared_drafts()
        kinds = {name: self.checker.check(name) for name in self._kinds_to_check()}
        self.entities.known = kinds
        alive = self._follow(drafts, kinds, study, numbers)
        promises = self._promises(alive, kinds)
        warn_of_stale_sources(study, declared, self.symbols.citations, self.findings)
        entities = self._in_order(alive.entities)
        if not has_errors(self.findings.items):  # a broken line may be the one that uses it
            warn_of_unused(self.symbols)
        kinds.update(self.entities.pseudo)
        return Program(self.measures.system, kinds, entities, declared, study, promises)

    def _kinds_to_check(self) -> tuple[str, ...]:
        """What to check without an object: concrete kinds, and abstract ones that no concrete kind extends.

        The library was checked when it was made. Its kinds are checked again where a project's kinds may change what
        they mean; in any other project each is checked for its first object.
        """
        own = [m.name for m in self.bundle.modules.values() if not m.library]
        has_objects = any(isinstance(s.declaration, Object) for name in own for s in self.symbols.values[name].values())
        if has_objects and not any(self.symbols.kinds[name] for name in own):
            return ()
        return tuple(n for n, k in self.kinds.kinds.items() if not k.abstract or not self.kinds.concrete(n))

    # ------------------------------------------------------------ objects

    def _own_modules(self) -> list[LoadedModule]:
        """The files of the project, and the prelude, whose objects are always there."""
        modules = self.bundle.modules
        return [m for name, m in modules.items() if not m.library or name in (self.bundle.root, PRELUDE)]

    def _declared_drafts(self) -> list[Draft]:
        found: list[Draft] = []
        own = self.symbols.values[self.bundle.root]
        for module in self._own_modules():
            for symbol in self.symbols.values[module.name].values():
                declaration = symbol.declaration
                if module.name == PRELUDE and own.get(symbol.name.text, symbol) is not symbol:
                    continue  # the project's own declaration takes its place
                if isinstance(declaration, Object) and declaration.kind.text not in STRUCTURAL:
                    draft = self.drafts.draft(symbol)
                    if draft is not None:
                        found.append(draft)
                    elif not module.library:
                        self._check_loosely(symbol)
        for symbol in self.symbols.again:
            self._check_loosely(symbol)
        return found

    def _check_loosely(self, symbol: Symbol) -> None:
        """Check what can be checked of a declaration that stands for nothing."""
        declaration = symbol.declaration
        written = declaration.value if isinstance(declaration, Let) else declaration.block
        check_loosely(written, symbol.module, self.symbols, self.measures)

    def _follow(
        self, drafts: list[Draft], kinds: dict[str, Kind], study: Study, numbers: Mapping[str, Field]
    ) -> _Alive:
        alive = _Alive({}, [d for d in drafts if not d.template])
        del self.inference.mentioned[:]
        for draft in drafts:
            if draft.template:
                self._check_template(draft, kinds)
        self._check_own_constants(alive)
        self._check_study(study, numbers, alive)
        self._drain(alive, kinds)
        return alive

    def _check_template(self, draft: Draft, kinds: dict[str, Kind]) -> None:
        if draft.kind not in kinds:
            kinds[draft.kind] = self.checker.check(draft.kind)
        self.entities.entity(draft)
        del self.inference.mentioned[:]

    def _check_own_constants(self, alive: _Alive) -> None:
        for module in self._own_modules():
            for symbol in self.symbols.values[module.name].values():
                declaration = symbol.declaration
                is_shape = isinstance(declaration, Object) and declaration.kind.text == "shape"
                if is_shape or isinstance(declaration, Let):
                    entity = self.entities.constant(symbol)
                    if entity is not None and (isinstance(declaration, Let) or self._is_used(symbol)):
                        self._reach(symbol, alive)

    def _is_used(self, symbol: Symbol) -> bool:
        return (symbol.module.name, symbol.name.text) in self.symbols.used

    def _drain(self, alive: _Alive, kinds: dict[str, Kind]) -> None:
        """Check what is waiting, and what that refers to, until nothing new is found."""
        while alive.queue or self.inference.mentioned:
            while self.inference.mentioned:
                self._reach(self.inference.mentioned.pop(), alive)
            if not alive.queue:
                continue
            draft = alive.queue.pop(0)
            if draft.path in alive.entities:
                continue
            kind = kinds.get(draft.kind)
            if kind is None:
                kind = kinds[draft.kind] = self.checker.check(draft.kind)
            entity = self.entities.entity(draft)
            alive.entities[draft.path] = entity
            self.entities.report_missing(entity, kind)
            alive.queue.extend(self.entities.reached())
            self.inference.mentioned.extend(self.checker.mentions.get(draft.kind, ()))

    def _reach(self, symbol: Symbol, alive: _Alive) -> None:
        if symbol.path in alive.entities:
            return
        declaration = symbol.declaration
        if isinstance(declaration, Object) and declaration.kind.text not in STRUCTURAL:
            draft = self.drafts.draft(symbol)
            if draft is not None and not draft.template:
                alive.queue.append(draft)
            return
        entity = self.entities.constant(symbol)
        if entity is not None:
            alive.entities[entity.path] = entity
            self.inference.mentioned.extend(self.entities.mentions.get(entity.path, ()))

    def _check_study(self, study: Study, numbers: Mapping[str, Field], alive: _Alive) -> None:
        formulas: dict[str, Formula] = {}
        module = self.bundle.modules[self.bundle.root]
        for name, field in numbers.items():
            bare = field.value.value if isinstance(field.value, Sourced) else field.value
            core = self.inference.value(bare, Context(module))
            measure = self.inference.operators.want_number(core)
            if measure is not None and measure.is_series:
                message = f"`{name}` is one number, this is {self.measures.describe(measure)}"
                self.findings.error("GAI203", message, core.span, fix="`total(amount)` sums an amount over time")
            elif measure is not None:
                provenance = read_provenance(field.value, module, self.symbols)
                unit = self.measures.written_unit(field.value, core.type)
                formulas[name] = Formula(core, field.value, provenance, field.span, unit)
        if formulas:
            place = study.span or next(iter(numbers.values())).span
            head = Head(study.name, "study", study.label, "", place)
            alive.entities[study.name] = self.entities.add_pseudo(head, formulas)

    def _promises(self, alive: _Alive, kinds: dict[str, Kind]) -> tuple[Promise, ...]:
        found: list[Promise] = []
        for module in self._own_modules():
            for item in module.tree.items:
                if isinstance(item, Assert):
                    promise = self.checker.promise(item, Context(module))
                    if promise is not None:
                        found.append(promise)
        self._drain(alive, kinds)
        return tuple(found)

    def _in_order(self, entities: dict[str, Entity]) -> tuple[Entity, ...]:
        """Entities by the order of their declarations: files as met, the project's before the library's."""
        order = {
            m.tree.file.name: (m.library and n != self.bundle.root, i)
            for i, (n, m) in enumerate(self.bundle.modules.items())
        }
        return tuple(sorted(entities.values(), key=lambda e: (*order[e.span.file.name], e.span.start, e.path)))
