"""Programs made from the rules of the grammar: nearly all can be read, and most say something that makes sense."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = st.sampled_from(
    ["a", "b", "c", "power", "hours", "next", "list", "x", "total", "self", "module", "lamp", "std"]
)
OBJECTS = st.sampled_from(["a", "b", "c"])
KINDS = st.sampled_from(
    ["lamp", "room", "server", "job", "std.hardware.ssd", "study", "shape", "source", "nothing_known"]
)
TYPES = st.sampled_from(
    ["Power", "Energy", "Time", "Ratio", "Carbon", "Request", "Power*Time", "Energy/Time^2", "Nope"]
)
UNITS = st.sampled_from(["W", "kWh", "h", "%", "kgCO2e", "req", "W/h", "m^2", "USD/kWh", "zz", "kg*m/s^2"])
NUMBERS = st.sampled_from(["0", "1", "2.5", "1_000", "1e3", "0.1", "3e-64"])
WORDS = st.sampled_from(["true", "false", "nothing", "on_premise", '"text"', '"Europe/Paris"', "2026-01-01", "07:00"])
FUNCTIONS = st.sampled_from(
    ["sum", "min", "max", "ceil", "sqrt", "total", "mean", "given", "hourly", "integrate", "zz"]
)
OPERATORS = st.sampled_from(["+", "-", "*", "/", "^", "<", "==", "and", "or", "??", "in", "|", "..", "to", "+-"])


def _joined(pattern: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The parts in the holes of a pattern."""
    return st.tuples(*parts).map(lambda found: pattern.format(*found))


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        _joined("{} {} {}", inner, OPERATORS, inner),
        _joined("({})", inner),
        _joined("-{}", inner),
        _joined("not {}", inner),
        _joined("{}.{}", inner, NAMES),
        _joined("{}[{}]", OBJECTS, inner),
        _joined("{}({})", FUNCTIONS, inner),
        _joined("{}({}, start = 2026-01-01T00:00)", FUNCTIONS, inner),
        _joined("{}({} for x in {} where {})", FUNCTIONS, inner, inner, inner),
        _joined("sum(x.{} for x in every {})", NAMES, KINDS),
        _joined("if {} then {} else {}", inner, inner, inner),
        _joined("({}) as {}", inner, TYPES),
        _joined("({}) -> {}", inner, UNITS),
        _joined("{} {{ {} = {} }}", OBJECTS, NAMES, inner),
        _joined("{{ 00:00..12:00 => {}, 12:00..24:00 => {} }}", inner, inner),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    )


SIMPLE = st.one_of(NUMBERS, NAMES, WORDS, _joined("{} {}", NUMBERS, UNITS))
EXPRESSIONS = st.recursive(SIMPLE, _larger, max_leaves=6)
CLAUSES = st.sampled_from(["", "", ' from hypothesis note "why"', " from b conf low", " conf high", ' note "x"'])
VALUES = _joined("{}{}", EXPRESSIONS, CLAUSES)
LIMITS = st.sampled_from(["", "", " within 0 W .. 9 W", " within 9 .. 0", " usual 1 h .. 2 h"])
FORMS = st.sampled_from(["", "", "amount ", "level ", "weekly amount "])
ENTRIES = st.one_of(
    _joined("{} = {}", NAMES, VALUES),
    _joined("input {} : {}{} = {}{}", NAMES, FORMS, TYPES, VALUES, LIMITS),
    _joined("input {} : {}?", NAMES, TYPES),
    _joined("calc {} : {}{} = {}", NAMES, FORMS, TYPES, EXPRESSIONS),
    _joined("calc {}[x in every {}] : {} = {}", NAMES, KINDS, TYPES, EXPRESSIONS),
    _joined("ref {} : {}?", NAMES, KINDS),
    _joined("ref {} : [{}]", NAMES, KINDS),
    _joined("ref {} = {}", NAMES, EXPRESSIONS),
    _joined("back {} = {}.{}", NAMES, KINDS, NAMES),
    _joined("set {} = {}", NAMES, EXPRESSIONS),
    _joined("let {} : {} = {}", NAMES, TYPES, VALUES),
    _joined('assert {}: {} else error "no"', NAMES, EXPRESSIONS),
)
BLOCKS = st.lists(ENTRIES, max_size=4).map(lambda entries: "".join(f"  {entry}\n" for entry in entries))
LABELS = st.sampled_from(["", ' "Label"', " extends a", " extends lamp"])
ITEMS = st.one_of(
    _joined("kind {}{} {{\n{}}}", st.sampled_from(["lamp", "room"]), LABELS, BLOCKS),
    _joined("abstract kind {} {{\n{}}}", st.sampled_from(["thing", "room"]), BLOCKS),
    _joined("{} {}{} {{\n{}}}", KINDS, OBJECTS, LABELS, BLOCKS),
    _joined("let {} = {}", NAMES, VALUES),
    _joined('assert {}: {} else warn "no"', NAMES, EXPRESSIONS),
    _joined("unit {} : {} = {} {}", NAMES, TYPES, NUMBERS, UNITS),
    st.sampled_from(["import std.grid { france }", "import std.sources as c", 'import "none.gai"', "dimension Ticket"]),
)
PROGRAMS = st.lists(ITEMS, max_size=7).map(lambda items: "".join(f"{item}\n" for item in items))
