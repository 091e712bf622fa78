"""What the tree of each construct is, and where its parts stand."""

from __future__ import annotations

import pytest

from gaic.parse import parse_module
from gaic.source.text import SourceFile
from gaic.syntax.declarations import (
    Assert,
    Back,
    Calc,
    Dimension,
    Field,
    Import,
    Input,
    Kind,
    Let,
    LinkType,
    MeasureType,
    Object,
    QuantityType,
    Ref,
    SetEntry,
    Unit,
    WordType,
)
from gaic.syntax.expressions import (
    Aggregate,
    Amend,
    Binary,
    Call,
    ClockTime,
    Conditional,
    Date,
    Every,
    Index,
    ListLiteral,
    Member,
    Number,
    Numbers,
    Quantity,
    Reference,
    Sourced,
    Spread,
    Table,
    Unary,
)

from .reading import item, module, told, value


def kind_entry(text: str) -> object:
    kind = item(f"kind k {{\n  {text}\n}}\n")
    assert isinstance(kind, Kind)
    (entry,) = kind.block.entries
    return entry


# ---------------------------------------------------------------- values


def test_numbers_keep_what_was_written() -> None:
    number = value("1_000.5e-3")
    assert isinstance(number, Number)
    assert (number.value, number.text) == (1.0005, "1_000.5e-3")


@pytest.mark.parametrize("text", ["1e3", "1E3", "2.5e-3", "1e+3"])
def test_an_exponent_is_no_unit(text: str) -> None:
    number = value(text)
    assert isinstance(number, Number)
    assert number.value == float(text)
    with_unit = value(f"{text}e3")
    assert isinstance(with_unit, Quantity)
    assert with_unit.unit.text == "e3"


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("21.4 USD/h", 21.4, "USD/h"),
        ("8.02e-4 ns/param/tok", 8.02e-4, "ns/param/tok"),
        ("2\tcpu_core*s/GB", 2.0, "cpu_core*s/GB"),
        ("50%", 50.0, "%"),
        ("1 s^-1", 1.0, "s^-1"),
        ("5eV", 5.0, "eV"),
        ("5 req*price", 5.0, "req*price"),
        ("3 \u00b5m", 3.0, "\u00b5m"),
    ],
)
def test_a_quantity_is_a_number_with_a_tight_unit(text: str, number: float, unit: str) -> None:
    quantity = value(text)
    assert isinstance(quantity, Quantity)
    assert (quantity.value, quantity.unit.text) == (number, unit)
    assert quantity.unit.span.text == unit
    assert quantity.span.text == text
    assert quantity.text == text[: len(quantity.text)]


def test_with_blanks_a_unit_divides() -> None:
    quotient = value("12 kWh / x")
    assert isinstance(quotient, Binary)
    assert isinstance(quotient.left, Quantity)


@pytest.mark.parametrize("text", ["3 if", "1 then", "2 usual"])
def test_reserved_words_are_never_units(text: str) -> None:
    assert told(f"let x = {text}\n")


def test_a_long_run_of_numbers_is_one_node() -> None:
    hours = value(f"[{', '.join(str(n) for n in range(20))}, -1.5e3,\n]")
    assert isinstance(hours, Numbers)
    assert hours.values == (*map(float, range(20)), -1500.0)
    assert isinstance(value("[1, 2, 3]"), ListLiteral)
    assert isinstance(value(f"[{'1, ' * 20} a]"), ListLiteral)


def test_precedence_loosest_first() -> None:
    tree = value("if a then b else c ?? d or e and not f < g | h .. i + j * -k ^ l.m")
    assert isinstance(tree, Conditional)
    operators = []
    node = tree.second
    while isinstance(node, (Binary, Unary)):
        operators.append(node.operator)
        node = node.right if isinstance(node, Binary) else node.operand
    assert operators == ["??", "or", "and", "not", "<", "|", "..", "+", "*", "-", "^"]
    assert isinstance(node, Member)


def test_operators_join_to_the_left_and_powers_to_the_right() -> None:
    difference = value("a - b - c")
    assert isinstance(difference, Binary)
    assert isinstance(difference.left, Binary)
    power = value("a ^ b ^ c")
    assert isinstance(power, Binary)
    assert isinstance(power.right, Binary)


def test_the_place_of_an_expression_has_its_brackets() -> None:
    product = value("((a + b)) * (c)")
    assert isinstance(product, Binary)
    assert product.span.text == "((a + b)) * (c)"
    assert product.left.span.text == "a + b"
    assert value("(a)").span.text == "a"


def test_spread_and_sources() -> None:
    sourced = value('1.12 to 1.25 from std.sources.tender conf medium note "n"')
    assert isinstance(sourced, Sourced)
    assert isinstance(sourced.value, Spread)
    assert sourced.source is not None
    assert sourced.confidence is not None
    assert sourced.note is not None
    assert (sourced.source.text, sourced.confidence.text, sourced.note.value) == ("std.sources.tender", "medium", "n")
    assert isinstance(value("-1 +- 0.5"), Spread)


def test_calls_and_comprehensions() -> None:
    call = value('hourly("a.csv", start = 2026-01-01T00:00,)')
    assert isinstance(call, Call)
    assert [argument.name and argument.name.text for argument in call.arguments] == [None, "start"]
    assert isinstance(call.arguments[1].value, Date)
    total = value("sum(a.b[p] for a in x.y for p in every k.l where p in s)")
    assert isinstance(total, Aggregate)
    assert [generator.name.text for generator in total.generators] == ["a", "p"]
    assert isinstance(total.generators[1].collection, Every)
    assert isinstance(total.condition, Binary)
    assert isinstance(total.body, Index)
    assert total.span.text == "sum(a.b[p] for a in x.y for p in every k.l where p in s)"


def test_tables_and_amendments() -> None:
    table = value('{ 00:00..07:00 => 0.5 %, "b" => x from y }')
    assert isinstance(table, Table)
    first = table.rows[0].key
    assert isinstance(first, Binary)
    assert isinstance(first.left, ClockTime)
    assert isinstance(table.rows[1].value, Sourced)
    weighted = value("[2 * m.n { gpus = 4; x = { 1 => 2 } }]")
    assert isinstance(weighted, ListLiteral)
    product = weighted.items[0]
    assert isinstance(product, Binary)
    assert isinstance(product.right, Amend)
    assert len(product.right.block.entries) == 2


def test_words_with_a_meaning_in_one_place_are_names_elsewhere() -> None:
    assert isinstance(value("template + level.counts"), Binary)
    assert isinstance(value("fromage"), Reference)
    assert isinstance(value("formula"), Reference)


# ---------------------------------------------------------------- entries


def test_inputs() -> None:
    entry = kind_entry('input a : Power/Gpu^2? = 50 W from s note "n" within 0 W .. 2 * b usual 1 W .. 3 W')
    assert isinstance(entry, Input)
    assert isinstance(entry.type, MeasureType)
    assert [(f.name.text, f.exponent) for f in entry.type.factors] == [("Power", 1), ("Gpu", -2)]
    assert entry.type.optional
    assert entry.type.form == "scalar"
    assert entry.type.span.text == "Power/Gpu^2?"
    assert isinstance(entry.default, Sourced)
    assert entry.within is not None
    assert entry.within.span.text == "0 W .. 2 * b"
    assert entry.usual is not None
    assert entry.span.text.endswith("usual 1 W .. 3 W")


def test_choices_and_single_words() -> None:
    entry = kind_entry("input a : autoscaling | on_premise? = autoscaling")
    assert isinstance(entry, Input)
    assert isinstance(entry.type, WordType)
    assert [word.text for word in entry.type.words] == ["autoscaling", "on_premise"]
    assert entry.type.optional


@pytest.mark.parametrize(
    ("text", "many", "optional"), [("r : k", False, False), ("r : m.k?", False, True), ("r : [k]", True, False)]
)
def test_references(text: str, many: bool, optional: bool) -> None:
    entry = kind_entry(f"ref {text}")
    assert isinstance(entry, Ref)
    assert isinstance(entry.type, LinkType)
    assert (entry.type.many, entry.type.optional, entry.value) == (many, optional, None)
    assert entry.span.text == f"ref {text}"


def test_derived_references_ways_back_and_sets() -> None:
    derived = kind_entry("ref server = service.server")
    assert isinstance(derived, Ref)
    assert derived.type is None
    both = kind_entry("ref server : k = a.b")
    assert isinstance(both, Ref)
    assert both.type is not None
    assert both.value is not None
    back = kind_entry("back uses = step.jobs")
    assert isinstance(back, Back)
    assert back.path.text == "step.jobs"
    reached = kind_entry("set jobs = a.b | c.d")
    assert isinstance(reached, SetEntry)
    assert isinstance(reached.value, Binary)


def test_calculations() -> None:
    entry = kind_entry("calc use_footprint[p in every k] : amount Carbon counts m.gwp use =\n    a +\n    b")
    assert isinstance(entry, Calc)
    assert [binder.span.text for binder in entry.binders] == ["p in every k"]
    assert isinstance(entry.type, MeasureType)
    assert entry.type.form == "amount"
    assert entry.counts is not None
    assert (entry.counts.criterion.text, entry.counts.phase.text) == ("m.gwp", "use")
    assert isinstance(entry.formula, Binary)
    assert entry.span.text.endswith("b")
    bare = kind_entry("calc use_footprint : level Carbon counts gwp use")
    assert isinstance(bare, Calc)
    assert bare.formula is None
    assert bare.span.text.endswith("use")


def test_several_keys() -> None:
    entry = kind_entry("calc cell[j in jobs,\n  p in j.patterns,] : T = cell[j, p] + other.cell[a.b, c[d],]")
    assert isinstance(entry, Calc)
    assert [(binder.name.text, binder.span.text) for binder in entry.binders] == [
        ("j", "j in jobs"),
        ("p", "p in j.patterns"),
    ]
    assert isinstance(entry.formula, Binary)
    assert [len(side.keys) for side in (entry.formula.left, entry.formula.right) if isinstance(side, Index)] == [2, 2]


def test_a_calculation_has_at_most_four_keys() -> None:
    text = "kind k { calc a[p in s, q in s, r in s, s in s, t in s] : T }\n"
    assert told(text) == [
        "1:49 GAI515 a calculation has at most 4 keys, this one has 5 | gather the others: `sum(... for x in ...)`"
    ]


def test_assertions() -> None:
    entry = kind_entry('assert fits: a > 0 GB\n    else warn "m"')
    assert isinstance(entry, Assert)
    assert (entry.name.text, entry.severity.text, entry.message.value) == ("fits", "warn", "m")


# ---------------------------------------------------------------- items


def test_imports() -> None:
    whole, alias, names, file = module(
        'import std.genai\nimport std.hardware.nvidia as nv\nimport std.grid {\n  france, Power,\n}\nimport "a/b.gai"\n'
    ).items
    assert isinstance(whole, Import)
    assert whole.module is not None
    assert (whole.module.text, whole.file, whole.alias, whole.names) == ("std.genai", None, None, None)
    assert isinstance(alias, Import)
    assert alias.alias is not None
    assert alias.alias.text == "nv"
    assert isinstance(names, Import)
    assert names.names is not None
    assert [name.text for name in names.names] == ["france", "Power"]
    assert isinstance(file, Import)
    assert file.file is not None
    assert file.file.value == "a/b.gai"


def test_dimensions_units_and_quantities() -> None:
    dimension, base, derived, share, quantity, tagged = module(
        "dimension Time\nunit second s : Time prefixes m u n\nunit joule J : Energy prefixes k M = 1 kg*m^2/s^2\n"
        "unit percent % : Number = 0.01\nquantity Power : W\nquantity Ram : GB ram\n"
    ).items
    assert isinstance(dimension, Dimension)
    assert isinstance(base, Unit)
    assert [name.text for name in base.names] == ["second", "s"]
    assert [name.text for name in base.prefixes] == ["m", "u", "n"]
    assert base.value is None
    assert base.span.text == "unit second s : Time prefixes m u n"
    assert isinstance(derived, Unit)
    assert derived.type.text == "Energy"
    assert isinstance(derived.value, Quantity)
    assert isinstance(share, Unit)
    assert share.names[1].text == "%"
    assert isinstance(quantity, QuantityType)
    assert quantity.tag is None
    assert quantity.span.text == "quantity Power : W"
    assert isinstance(tagged, QuantityType)
    assert tagged.tag is not None
    assert tagged.tag.text == "ram"


def test_kinds_and_objects() -> None:
    kind, thing = module(
        '## Doc of k.\nabstract kind k "Label" extends a.b {}\ntemplate a.b x "X" extends c { y = 1 }\n'
    ).items
    assert isinstance(kind, Kind)
    assert kind.label is not None
    assert kind.parent is not None
    assert (kind.name.text, kind.abstract, kind.label.value, kind.parent.text) == ("k", True, "Label", "a.b")
    assert kind.doc == "Doc of k."
    assert kind.span.text.startswith("abstract")
    assert isinstance(thing, Object)
    assert (thing.kind.text, thing.name.text, thing.template) == ("a.b", "x", True)
    (entry,) = thing.block.entries
    assert isinstance(entry, Field)


def test_entries_and_items_are_separated_by_semicolons_too() -> None:
    assert len(module("quantity A : a; quantity B : b # c\nlet x = 1;\n").items) == 3
    thing = item("k x { a = 1; b = 2\n  c = 3; # c\n  ## Of d.\n  d = 4;\n}\n")
    assert isinstance(thing, Object)
    assert [entry.name.text for entry in thing.block.entries if isinstance(entry, Field)] == ["a", "b", "c", "d"]
    last = thing.block.entries[-1]
    assert isinstance(last, Field)
    assert last.doc == "Of d."


def test_lines_are_continued() -> None:
    constant = item(
        "let x : Power =\n  a\n  # comment\n\n  + b *\n  c\n  ?? d\n  .e\n  -> W\n  from s\n  conf high\n  note\n"
        '  "n"\n'
    )
    assert isinstance(constant, Let)
    assert isinstance(constant.value, Sourced)
    assert constant.value.note is not None
    assert constant.value.note.value == "n"


def test_a_leading_minus_does_not_continue_a_line() -> None:
    assert told("k a {\n  x = 1\n  - 2\n}\n") == ["3:3 GAI001 expected an entry or `}`, found `-`"]


def test_the_documentation_of_a_file_and_the_count_of_words() -> None:
    result = module("## About.\n##\n## More.\n\nlet x = 1\n")
    assert result.doc == "About.\n\nMore."
    assert result.tokens == 5  # let, x, =, 1 and the end of the line


def test_places_count_from_the_start_of_the_file() -> None:
    file = SourceFile("a.gai", "let first = 1\n\nlet second = first + 2")
    result, diagnostics = parse_module(file)
    assert diagnostics == ()
    second = result.items[1]
    assert isinstance(second, Let)
    assert second.value.span.text == "first + 2"
    assert (second.value.span.line, second.value.span.column) == (3, 14)
    assert second.span.file is file
