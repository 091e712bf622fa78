"""From a foreign document to a draft: each object by the table, what cannot be translated listed with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.exchange.catalogue import find_entry
from gaic.exchange.document import as_text, shown
from gaic.exchange.draft import NONE, Draft, Hours, Item, Link, Links, Scalar
from gaic.exchange.faults import BadValueError, ForeignError, LeftOut, StrangeValueError
from gaic.exchange.order import drop_broken, in_reading_order, refuse_circles
from gaic.exchange.parts import PartMaker
from gaic.exchange.upgrade import linked
from gaic.exchange.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gaic.exchange.document import Cited, Document, Json, Thing
    from gaic.exchange.draft import FieldValue, Provenance
    from gaic.exchange.parts import Made
    from gaic.exchange.spelling import Speller
    from gaic.exchange.table import Mapped, Sort, Table
    from gaic.source.limits import Limits


def translate(document: Document, table: Table, rules: str, speller: Speller, limits: Limits) -> Draft:
    """Translate a document under some rules; raises `ForeignError` for all that no sound file holds."""
    translator = _Translator(document, table, rules, Values(document, table, rules, speller, limits))
    translator.run()
    if translator.faults:
        raise ForeignError(tuple(translator.faults))
    draft = Draft(
        table,
        rules,
        document.title,
        translator.root(),
        translator.items,
        translator.left_out,
        frozenset(translator.spoken),
    )
    drop_broken(draft)
    refuse_circles(draft)
    draft.items = in_reading_order(draft)
    return draft


class _Translator:
    def __init__(self, document: Document, table: Table, rules: str, values: Values) -> None:
        self.document = document
        self.table = table
        self.rules = rules
        self.values = values
        self.items: dict[str, Item] = {}
        self.left_out: list[LeftOut] = []
        self.faults: list[str] = []
        self.spoken: set[Cited] = set()
        self.roots = document.of(table.layout.root)
        self.parts = PartMaker(document, table, rules)

    def root(self) -> tuple[str, str, str] | None:
        """Kind, name and label of the object that stands for the whole."""
        layout = self.table.layout
        return (layout.root_kind, layout.root_name, self.roots[0].name) if self.roots else None

    def run(self) -> None:
        """Translate every object."""
        foreign = self._foreign_members()
        made = self.table.made
        for place in self.document.unknown:
            self._leave_out(place, "", "it is not known")
        for root in self.roots[:1]:
            self._list_unknown(root, self.table.sorts[root.sort])
        for thing in list(self.document.things.values()):
            sort = self.table.sorts.get(thing.sort)
            if thing.sort in made or (thing.sort == self.table.layout.root and thing.id not in foreign):
                continue
            if thing.id in foreign:
                self._leave_out(thing.place, "", foreign[thing.id])
            elif sort is None:
                self._leave_out(thing.place, "", f"the class {shown(thing.sort)} is not known")
            elif sort.untranslated:
                self._leave_out(thing.place, "", sort.untranslated)
            else:
                self._item(thing, sort)
        for thing in self.parts.unclaimed():
            self._leave_out(thing.place, "", "it belongs to no object that makes such a one")

    def _foreign_members(self) -> dict[str, str]:
        """Objects that a root should hold and the first one does not."""
        layout = self.table.layout
        held = {id_ for key in layout.members for id_ in self._members(self.roots[:1], key)}
        found = {thing.id: "one file is one model, and this is its second whole" for thing in self.roots[1:]}
        if self.roots:
            sorts = {self.document.things[id_].sort for id_ in held if id_ in self.document.things}
            for thing in self.document.things.values():
                if thing.sort in sorts and thing.id not in held:
                    found[thing.id] = f"it is no part of {self.roots[0].place}"
        return found

    def _members(self, roots: Iterable[Thing], key: str) -> Iterable[str]:
        for root in roots:
            for id_ in linked(root.attributes.get(key)):
                if id_ not in self.document.things:
                    self.faults.append(f"{root.place}, {key}: it links to {shown(id_)}, which the file does not hold")
                yield id_

    # ------------------------------------------------------------ one object

    def _item(self, thing: Thing, sort: Sort) -> None:
        kind = self._kind(thing, sort)
        if kind is None:
            return
        item = Item(thing.id, kind, thing.name, thing.place)
        for name, text in sort.values.items():
            item.fields[name] = Scalar(text, "", None, NONE)
        for made in self.parts.make(thing, sort):
            self._add_part(item, thing, made)
        for name, value in thing.attributes.items():
            mapped = sort.attributes.get(name)
            if mapped is not None:
                self._attribute(item, thing, mapped, value)
            elif name in sort.docs:
                self._document(item, thing, sort.docs[name], name, value)
        for mapped in sort.attributes.values():
            if mapped.required:
                item.required.add(mapped.input)
            if mapped.default and mapped.input not in item.fields and mapped.name not in thing.attributes:
                item.fields[mapped.input] = Links((Link(mapped.default, "1", NONE, library=True),), many=False)
        item.fields = _in_order(item.fields, sort.attributes.values())
        self._list_unknown(thing, sort)
        self.items[item.id] = item

    def _kind(self, thing: Thing, sort: Sort) -> str | None:
        if sort.kind_by is None:
            return sort.kind
        attribute, kinds = sort.kind_by
        target = next(iter(linked(thing.attributes.get(attribute))), "")
        found = self.document.things.get(target)
        kind = kinds.get(found.sort) if found is not None else None
        if found is None:
            self.faults.append(f"{thing.place}, {attribute}: it links to {shown(target)}, which the file does not hold")
        elif kind is None:
            self._leave_out(thing.place, attribute, f"nothing of this kind goes with {found.place}")
        return kind

    def _attribute(self, item: Item, thing: Thing, mapped: Mapped, value: Json) -> None:
        if mapped.rules and self.rules not in mapped.rules:
            if not _says_nothing(value, 0):
                self._leave_out(thing.place, mapped.name, "the rules that were chosen do not know it")
            return
        try:
            is_entry = mapped.sort == "entry"
            read = self._entry(item, thing, mapped, value) if is_entry else self.values.read(value, mapped)
        except StrangeValueError as fault:
            self._leave_out(thing.place, mapped.name, str(fault))
        except BadValueError as fault:
            self.faults.append(f"{thing.place}, {mapped.name}: {fault}")
        else:
            self._set(item, thing, mapped, value, read)
            self._list_strange(thing, mapped.name, value, weights=mapped.sort == "links")

    def _set(self, item: Item, thing: Thing, mapped: Mapped, value: Json, read: FieldValue | None) -> None:
        if read is None:
            if self.values.provenance(value).says_something:
                self._leave_out(thing.place, mapped.name, "a value that is not set has a source or comment")
            return
        if isinstance(read, Links) and not read.entries:
            return
        before = item.fields.get(mapped.input)
        if isinstance(read, Links) and isinstance(before, Links):
            read = Links((*before.entries, *read.entries), before.many)
        item.fields[mapped.input] = read
        if isinstance(read, Hours) and not read.start.endswith("Z"):
            item.fields |= {name: Scalar(word, "", None, NONE) for name, word in mapped.on_local_clock.items()}

    def _entry(self, item: Item, thing: Thing, mapped: Mapped, value: Json) -> FieldValue | None:
        """An object of the library's catalogue, found by its label; its provenance goes into the documentation."""
        wanted = _word(value)
        if wanted is None:
            return None
        others = {name: _word(thing.attributes.get(name)) or "" for name in mapped.words_of_module}
        for name in (*others, mapped.name):
            provenance = self.values.provenance(thing.attributes.get(name))
            item.docs.extend(_spoken(name, provenance))
            if provenance.cited is not None:
                self.spoken.add(provenance.cited)
        path = find_entry(mapped.module, others, wanted, mapped.instead)
        return Links((Link(path, "1", NONE, library=True),), many=False)

    def _document(self, item: Item, thing: Thing, template: str, name: str, value: Json) -> None:
        try:
            if value is not None and as_text(value, "the value").strip():
                item.docs.append(template.format(as_text(value, "the value").strip()))
        except BadValueError as fault:
            self.faults.append(f"{thing.place}, {name}: {fault}")

    # ------------------------------------------------------------ parts

    def _add_part(self, owner: Item, thing: Thing, made: Made) -> None:
        """An object that the other tool makes by itself, with values of its owner."""
        part = made.part
        item = Item(made.id, part.kind, made.label, f"{thing.place}, its part {shown(made.label)}")
        for name, links in made.links.items():
            item.fields[name] = Links(links, many=False)
            item.required.add(name)
        for name, text in part.values.items():
            item.fields[name] = Scalar(text, "", None, NONE)
        for mapped in part.attributes.values():
            if mapped.name in thing.attributes:
                self._attribute(item, thing, mapped, thing.attributes[mapped.name])
        if part.into:
            held = owner.fields.get(part.into)
            before = held.entries if isinstance(held, Links) else ()
            owner.fields[part.into] = Links((*before, Link(item.id, "1", NONE)), many=True)
        self.items[item.id] = item

    # ------------------------------------------------------------ what is not translated

    def _list_unknown(self, thing: Thing, sort: Sort) -> None:
        known = {*sort.attributes, *sort.docs, *(name for part in sort.parts for name in part.attributes)}
        used = {name for mapped in sort.attributes.values() for name in mapped.words_of_module}
        for name, value in thing.attributes.items():
            if name in known or self._is_result(name, value, sort):
                continue
            if name in used:
                self._list_strange(thing, name, value)
            elif name in sort.ignored:
                self._list_strange(thing, name, value)
                if self.values.provenance(value).says_something:
                    self._leave_out(thing.place, name, "it plays no part, though it has a source or comment")
            elif name not in sort.neutral:
                self._leave_out(thing.place, name, "the attribute is not known")
            elif not _says_nothing(value, sort.neutral[name]):
                self._leave_out(thing.place, name, f"only {sort.neutral[name]:g} has a counterpart here")

    def _list_strange(self, thing: Thing, name: str, value: Json, *, weights: bool = False) -> None:
        parts = self.values.strange_parts_of_weights(value) if weights else self.values.strange_parts(value)
        for key, why in parts:
            self._leave_out(thing.place, f"{name}.{key}", why)

    def _is_result(self, name: str, value: Json, sort: Sort) -> bool:
        """Say whether an attribute holds what the other tool calculated."""
        if name in sort.results:
            return True
        marks = self.table.layout.marks
        if not isinstance(value, dict) or not value:
            return False
        return not marks.isdisjoint(value) or all(
            isinstance(each, dict) and not marks.isdisjoint(each) for each in value.values()
        )

    def _leave_out(self, place: str, what: str, why: str) -> None:
        self.left_out.append(LeftOut(place, what, why))


def _word(value: Json) -> str | None:
    held = value.get("value") if isinstance(value, dict) else value
    return None if held is None else as_text(held, "the value")


def _spoken(name: str, provenance: Provenance) -> Iterable[str]:
    """Where a choice comes from, as sentences of documentation."""
    if not provenance.says_something:
        return
    cited = provenance.cited
    parts = [f"source {cited.title}" + (f" <{cited.link}>" if cited.link else "")] if cited else []
    parts += [f"confidence {provenance.confidence}"] if provenance.confidence else []
    parts += [provenance.note] if provenance.note else []
    yield f"{name.replace('_', ' ').capitalize()}: {'; '.join(parts)}."


def _says_nothing(value: Json, neutral: float) -> bool:
    """Say whether a value is not set, or is the number that stands for nothing."""
    held = value.get("value") if isinstance(value, dict) else value
    return held is None or (not isinstance(held, bool) and held == neutral)


def _in_order(fields: Mapping[str, FieldValue], attributes: Iterable[Mapped]) -> dict[str, FieldValue]:
    """Fields in the order of the table: references and words first, then numbers, then lists and series."""
    places = {mapped.input: place for place, mapped in enumerate(attributes)}

    def rank(value: FieldValue) -> int:
        match value:
            case Links(_, many):
                return 3 if many else 0
            case Scalar(number=None):
                return 1
            case Scalar():
                return 2
            case _:
                return 4

    return {name: fields[name] for name in sorted(fields, key=lambda name: (rank(fields[name]), places.get(name, -1)))}
