"""A small evaluated model made by hand: what rooms above `evaluate` are handed, with one value of every shape."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from gaic.check.core import Binding, Everything, Literal
from gaic.check.program import (
    Attribute,
    Declared,
    Entity,
    Formula,
    Kind,
    Link,
    Program,
    Provenance,
    Reference,
    Role,
    Study,
)
from gaic.check.types import TRUTH, ListName, ObjectOf
from gaic.evaluate.account import (
    AbsentValue,
    Account,
    CheckPart,
    CheckRow,
    HourlyValue,
    LinkAccount,
    ObjectAccount,
    ScalarValue,
    TotalRow,
    TruthValue,
    Uncertainty,
    WordValue,
)
from gaic.source.diagnostic import Diagnostic, Label, Severity
from gaic.source.text import Origin, SourceFile, Span
from gaic.syntax.expressions import Number
from gaic.units.system import UnitSystemBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gaic.evaluate.account import (
        Value,
    )
    from gaic.units.system import UnitSystem

FILE = SourceFile("m.gai", "task write {\n  wait = 1 min to 2 min\n  mode = slow\n}\nassert quick: write.wait < 1 h\n")
LIBRARY = SourceFile("stdlib/tasks.gai", "kind task {\n  input wait : Time\n}\n", Origin.LIBRARY)
SPAN = Span(FILE, 0, 10)
WAIT = Span(FILE, 22, 36)
PROMISE = Span(FILE, 53, 82)
KIND = Span(LIBRARY, 0, 11)

TENDER = Declared("tender", "source", "Offer", "", {"url": "https://example.org", "read": "2026-01-02"}, SPAN)
WARNING = Diagnostic(
    "GAI602", "no source", WAIT, "said here", (Label(SPAN, "in this object"),), ("a fact",), "add one", Severity.WARNING
)
ERROR = Diagnostic("GAI101", "no `x`, at\nall: 100 %", WAIT, "here")


def unit_system() -> UnitSystem:
    """Seconds and two counts."""
    builder = UnitSystemBuilder()
    builder.add_dimension("Time")
    builder.add_unit(["second", "s"], "Time", ["m"], None)
    builder.add_unit(["minute", "min"], "Time", [], (60.0, "s"))
    builder.add_quantity("Time", "s")
    for name, unit in (("Request", "req"), ("Visit", "visit")):
        builder.add_quantity(name, unit, unit)
        builder.add_unit([unit], name, [], (1.0, None))
    system, faults = builder.finish()
    assert faults == ()
    return system


def hourly(values: list[float], *, nature: str = "amount", local: bool = False) -> HourlyValue:
    """A series in summary that begins at 2024-12-31 23:00."""
    return HourlyValue(
        nature=nature,
        unit="req",
        start=482_135,
        n=len(values),
        first10=tuple(values[:10]),
        last10=tuple(values[-10:]),
        min=min(values),
        max=max(values),
        mean=sum(values) / len(values),
        sum=sum(values) if nature == "amount" else None,
        local=local,
    )


SERIES = [float(number % 7) for number in range(30)]
VALUES: dict[str, Value] = {
    "wait": ScalarValue(84.8528137423857, "s", Uncertainty(60.0, 120.0, "p5-p95")),
    "count[web]": hourly(SERIES),
    "count[desk#2]": hourly([2 * hour for hour in SERIES], local=True),
    "load": hourly(SERIES, nature="level"),
    "share": ScalarValue(1 / 3, ""),
    "mode": WordValue("choice", "slow"),
    "zone": WordValue("text", "Europe/Paris\x1b[31m\u202e"),
    "since": WordValue("date", "2026-01-01"),
    "open": TruthValue(value=True),
    "limit": AbsentValue(),
}
READS = {"share": ("wait", "count[web]"), "load": ("share", "wait")}


def account(node: int, name: str, value: Value) -> Account:
    """The account of a value of `write`."""
    attribute, _, member = name.rstrip("]").partition("[")
    given = name == "wait"
    calculated = member != "" or name in READS
    return Account(
        node=node,
        path=f"write.{name}",
        object="write",
        attribute=attribute,
        member=member or None,
        kind="task",
        role="calculated" if calculated else "constant" if name == "since" else "input",
        given=given,
        label=attribute.capitalize(),
        doc="",
        value=value,
        formula="wait / count" if calculated else None,
        substituted="84.85 s / 3" if calculated else None,
        written="1 min to 2 min" if given else None,
        default=None,
        source=TENDER if given else None,
        source_text="hypothesis" if name == "share" else None,
        confidence="medium" if given else None,
        note="page 3" if given else None,
        limits=None,
        uncertain=name in READS,
        span=WAIT if given else KIND,
    )


def formula() -> Formula:
    """A formula whose text is `kind task {`."""
    return Formula(Literal(1.0, TRUTH, "1", KIND), Number(1.0, "1", KIND), Provenance(), KIND)


def kind() -> Kind:
    """The kind `task`: a table `spare` without members, references of every sort."""
    spare = Attribute(
        name="spare",
        role=Role.CALCULATED,
        type=TRUTH,
        unit=None,
        optional=False,
        keys=(Binding(1, "w", Everything("task", ObjectOf("task"))),),
        formula=formula(),
        within=None,
        usual=None,
        counting=None,
        doc="",
        span=KIND,
    )
    plain = replace(spare, name="wait", keys=())
    ref = Reference(
        "next", "task", many=False, optional=True, derived=None, list_name=ListName("task", "next"), doc="", span=KIND
    )
    return Kind(
        name="task",
        shown="task",
        label="Task",
        doc="",
        parents=(),
        abstract=False,
        category="task",
        attributes={"wait": plain, "spare": spare},
        refs={
            "next": ref,
            "helpers": replace(ref, name="helpers", many=True),
            "boss": replace(ref, name="boss"),
            "teams": replace(ref, name="teams", many=True, derived=("boss", "teams")),
            "chief": replace(ref, name="chief", derived=("boss", "chief")),
        },
        backs={},
        sets={},
        promises=(),
        span=KIND,
    )


def program() -> Program:
    """The program with the one object `write`."""
    links = {"next": (Link("rest", 1.0, WAIT),)}
    entity = Entity("write", "task", "Write", "", {}, links, None, SPAN)
    study = Study("s", "A study", {"goal": "show"}, "UTC", 482_135, 30, SPAN)
    return Program(unit_system(), {"task": kind()}, (entity,), {"tender": TENDER}, study, ())


@dataclass
class HandMade:
    """A ledger with the values of `VALUES`, all of the object `write`."""

    program: Program = field(default_factory=program)
    broken: bool = False
    in_kind: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()

    def __post_init__(self) -> None:
        self.names = list(VALUES)
        self.accounts = [account(node, name, value) for node, (name, value) in enumerate(VALUES.items())]

    def objects(self) -> tuple[ObjectAccount, ...]:
        links = [LinkAccount("next", "", "rest", 1.0), LinkAccount("chief", "", "rest", 1.0)]
        links += [LinkAccount("helpers", "", target, weight) for target, weight in (("a", 1.0), ("b", 2.0), ("a", 0.5))]
        nodes = tuple(range(len(self.names)))
        write = ObjectAccount(
            path="write",
            kind="task",
            kind_label="Task",
            kind_doc="",
            category="task",
            label="Write",
            doc="How.",
            nodes=nodes,
            links=tuple(links),
            used_by=(),
            library=False,
            span=SPAN,
        )
        rest = replace(write, path="rest", label="", nodes=(), links=(), kind="unknown")
        return (write, rest)

    def account(self, node: int) -> Account:
        return self.accounts[node]

    def find(self, path: str) -> int | None:
        names = {"write." + name: node for node, name in enumerate(self.names)}
        dotted = {name.replace("[", ".").replace("]", ""): node for name, node in names.items()}
        return names.get(path, dotted.get(path))

    def table(self, path: str) -> tuple[int, ...]:
        return tuple(a.node for a in self.accounts if a.member is not None and f"write.{a.attribute}" == path)

    def depends_on(self, node: int) -> tuple[int, ...]:
        return tuple(self.names.index(name) for name in READS.get(self.names[node], ()))

    def used_by(self, node: int) -> tuple[int, ...]:
        return tuple(other for other in range(len(self.names)) if node in self.depends_on(other))

    def ancestors(self, node: int) -> tuple[int, ...]:
        found: dict[int, None] = {}
        pending = list(self.depends_on(node))
        while pending:
            other = pending.pop(0)
            if other not in found:
                found[other] = None
                pending.extend(self.depends_on(other))
        return tuple(found)

    def hours(self, node: int) -> NDArray[np.float64]:
        factor = 2.0 if self.names[node].endswith("#2]") else 1.0
        return np.array(SERIES) * factor

    def course(self, _node: int, _bins: int) -> None:
        return None

    def calendar(self, _node: int, _parts: int, _columns: int) -> None:
        return None

    def days(self, _node: int) -> None:
        return None

    def working(self, _node: int) -> None:
        return None

    def totals(self) -> tuple[TotalRow, ...]:
        row = TotalRow("cost", "Cost", "task", "Tasks", "use", "Use", ScalarValue(2.0, "s"), (0,), (2.0,))
        return (row, TotalRow("cost", "Cost", None, None, None, None, ScalarValue(0.1 + 0.2, "s"), (0,), (2.0,)))

    def spread(self, _row: TotalRow, edges: Sequence[int]) -> tuple[float, ...]:
        return (0.0,) * (len(edges) - 1)

    def delivered_units(self) -> None:
        return None

    def checks(self) -> tuple[CheckRow, ...]:
        quick = CheckRow(
            name="quick",
            object="write" if self.in_kind else None,
            ok=not self.broken,
            severity="error",
            message="too slow",
            condition="write.wait < 1 h",
            parts=(CheckPart(0, "write.wait < 1 h", "true"), CheckPart(1, "write.wait", "84.85 s")),
            span=PROMISE,
        )
        return (quick, replace(quick, name="calm", object=None, ok=False, severity="warning", parts=()))
