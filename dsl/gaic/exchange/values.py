"""Single values of a foreign file: numbers with units, words, zones, links, and where each comes from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from gaic.exchange.document import Cited, as_mapping, as_number, as_text, name_type, shown
from gaic.exchange.draft import NONE, Hours, Link, Links, Provenance, Scalar, Week
from gaic.exchange.faults import BadValueError, StrangeValueError
from gaic.exchange.hours import Allowance, read_hours, read_week
from gaic.exchange.native import read_cited
from gaic.exchange.packed import number_text
from gaic.exchange.upgrade import linked
from gaic.exchange.write import quoted
from gaic.units.zones import is_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gaic.exchange.document import Document, Json
    from gaic.exchange.draft import FieldValue
    from gaic.exchange.spelling import Speller
    from gaic.exchange.table import Mapped, Table
    from gaic.source.limits import Limits

T = TypeVar("T")
CONFIDENCES = ("high", "medium", "low")
KNOWN_KEYS = frozenset(
    (
        "value",
        "unit",
        "zone",
        "label",
        "source",
        "confidence",
        "comment",
        "compressed_values",
        "values",
        "recurring_values",
        "start_date",
        "timezone",
        "form_inputs",
    )
)


class Values:
    """Reads the values of one file under one set of rules."""

    def __init__(self, document: Document, table: Table, rules: str, speller: Speller, limits: Limits) -> None:
        self.document = document
        self.table = table
        self.rules = rules
        self.speller = speller
        self.allowance = Allowance(limits.series_hours, limits.nodes)

    def read(self, value: Json, mapped: Mapped) -> FieldValue | None:
        """The value of an attribute; None if it is not set.

        Raises `BadValueError` for what no sound file holds, `StrangeValueError` for what has no counterpart.
        """
        match mapped.sort:
            case "link" | "links":
                return self._links(value, mapped)
            case "series":
                return self._hours(as_mapping(value, "the series"), mapped)
            case "week":
                return self._week(as_mapping(value, "the week"), mapped)
            case "quantity":
                return self._quantity(value, mapped)
            case _:
                return self._word(value, mapped)

    # ------------------------------------------------------------ provenance

    def provenance(self, value: Json) -> Provenance:
        """Source, confidence and comment of a value, without those that `strange_parts` names."""
        return self._provenance(value)[0]

    def strange_parts(self, value: Json) -> Iterator[tuple[str, str]]:
        """Keys of a value that mean nothing here or hold nothing that can be kept, and why; the value stands alone."""
        if not isinstance(value, dict):
            return
        if "value" in value or "label" in value:
            marks = self.table.layout.marks
            yield from ((key, "it is not known") for key in value if key not in KNOWN_KEYS and key not in marks)
        yield from self._provenance(value)[1].items()

    def strange_parts_of_weights(self, links: Json) -> Iterator[tuple[str, str]]:
        """The same for the weights of links, each behind the name of what it belongs to."""
        for id_, weight in links.items() if isinstance(links, dict) else ():
            thing = self.document.things.get(id_)
            for key, why in self.strange_parts(weight):
                yield f"{id_ if thing is None else thing.name}.{key}", why

    def _provenance(self, value: Json) -> tuple[Provenance, dict[str, str]]:
        """Where a value comes from, and why parts of that cannot be kept, by key."""
        if not isinstance(value, dict):
            return NONE, {}
        strange: dict[str, str] = {}
        cited = _kept(value, "source", self._cited, strange)
        confidence = _kept(value, "confidence", _confidence, strange)
        note = _kept(value, "comment", _comment, strange)
        return Provenance(cited, hypothesis=cited is None, confidence=confidence, note=note or None), strange

    def _cited(self, source: Json) -> Cited | None:
        layout = self.table.layout
        match source:
            case str() if source in self.document.sources:
                cited = self.document.sources[source]
            case str() if source in layout.no_source or source in layout.titles:
                cited = Cited(source, None)
            case str():
                raise BadValueError(f"it names the source {shown(source)}, which the file does not hold")
            case _:
                cited = read_cited(source, "the source")
        if cited.title in layout.no_source:
            return None
        return Cited(layout.titles.get(cited.title, cited.title), cited.link)

    # ------------------------------------------------------------ numbers and words

    def _quantity(self, value: Json, mapped: Mapped) -> Scalar | None:
        entry = as_mapping(value, "the value")
        if entry.get("value") is None and "value" in entry:
            return None
        number = as_number(entry.get("value"), "the value")
        unit = self.speller.unit(as_text(entry.get("unit", ""), "the unit"), mapped)
        text, unit = self.speller.tidy(number, unit, mapped.family)
        return Scalar(text, unit, float(text), self.provenance(value))

    def _word(self, value: Json, mapped: Mapped) -> Scalar | None:
        entry: dict[str, Json] = value if isinstance(value, dict) else {"value": value}
        key = "zone" if mapped.sort == "zone" and "zone" in entry else "value"
        if key not in entry:
            raise StrangeValueError(f"an object without `{key}`")
        held = entry[key]
        if held is None:
            return None
        return Scalar(self._word_text(held, mapped), "", None, self.provenance(value))

    def _word_text(self, held: Json, mapped: Mapped) -> str:
        match mapped.sort:
            case "bool":
                if not isinstance(held, bool):
                    raise BadValueError(f"the value is neither true nor false but {name_type(held)}")
                return "true" if held else "false"
            case "zone":
                zone = as_text(held, "the zone")
                if not is_zone(zone):
                    raise StrangeValueError(f"there is no time zone {shown(zone)}")
                return quoted(zone)
            case "word":
                word = as_text(held, "the value")
                if word not in mapped.words:
                    raise StrangeValueError(f"{shown(word)} is none of {', '.join(mapped.words)}")
                return mapped.words[word]
            case _:
                return quoted(as_text(held, "the value"))

    # ------------------------------------------------------------ series

    def _hours(self, value: dict[str, Json], mapped: Mapped) -> Hours:
        start, texts = read_hours(value, self.table, self.allowance)
        unit = self.speller.unit(as_text(value.get("unit") or "", "the unit"), mapped)
        return Hours(start, texts, unit, self.provenance(value))

    def _week(self, value: dict[str, Json], mapped: Mapped) -> Week:
        texts, unit = read_week(value, self.table)
        return Week(texts, self.speller.unit(unit, mapped), self.provenance(value))

    # ------------------------------------------------------------ links

    def _links(self, value: Json, mapped: Mapped) -> Links | None:
        many = mapped.sort == "links"
        if value is None or value == {"value": None}:
            return None
        if isinstance(value, list) and not all(isinstance(each, str) for each in value):
            raise BadValueError("a list of links holds something that is no id")
        if not isinstance(value, str | list | dict) or not (many or isinstance(value, str)):
            raise BadValueError(f"a link is an id, and this is {name_type(value)}")
        if isinstance(value, dict):
            entries = tuple(self._weighted(id_, weight) for id_, weight in value.items())
        else:
            entries = tuple(Link(id_, "1", NONE) for id_ in linked(value))
            if self.rules in mapped.merge:
                times = Counter(entry.target for entry in entries)
                entries = tuple(Link(id_, str(count), NONE) for id_, count in times.items())
        for entry in entries:
            if entry.target not in self.document.things:
                raise BadValueError(f"it links to {shown(entry.target)}, which the file does not hold")
        return Links(entries, many)

    def _weighted(self, id_: str, weight: Json) -> Link:
        entry: dict[str, Json] = weight if isinstance(weight, dict) else {"value": weight, "unit": ""}
        number = as_number(entry.get("value"), f"the weight of {shown(id_)}")
        if number < 0:
            raise BadValueError(f"the weight of {shown(id_)} is below 0")
        factor = self.speller.factor(as_text(entry.get("unit") or "", "the unit of a weight"))
        return Link(id_, number_text(number * factor), self.provenance(weight))


def _kept(entry: dict[str, Json], key: str, read: Callable[[Json], T], strange: dict[str, str]) -> T | None:
    """What stands under a key; None where nothing does, or what cannot be read, which is noted."""
    try:
        return None if entry.get(key) is None else read(entry[key])
    except BadValueError as fault:
        strange[key] = str(fault)
        return None


def _confidence(written: Json) -> str:
    word = as_text(written, "the confidence")
    if word not in CONFIDENCES:
        raise BadValueError(f"{shown(word)} is none of {', '.join(CONFIDENCES)}")
    return word


def _comment(written: Json) -> str:
    return as_text(written, "the comment")
