"""The corners of the one format; its rules with examples are in `tests/spec/format.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.parse.layout import LayoutError, lay_out
from gaic.parse.layout_lines import write_pieces
from gaic.source.limits import USUAL, Limits
from gaic.source.text import SourceFile

if TYPE_CHECKING:
    from gaic.parse.layout_pieces import Pieces
    from gaic.parse.layout_sheet import Sheet

LONG = "a_name_of_forty_letters_that_fills_a_line"


def laid(text: str, limits: Limits = USUAL) -> str:
    found, faults = lay_out(SourceFile("model.gai", text), limits)
    assert found is not None, faults
    assert lay_out(SourceFile("model.gai", found), limits)[0] == found
    return found


def value(text: str) -> str:
    """A value in the one format."""
    return laid(f"let a = {text}\n").removeprefix("let a = ").removesuffix("\n")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a+b-c*d/e^f", "a + b - c * d / e ^ f"),
        ("- a", "-a"),
        ("- - a", "--a"),
        ("a--b", "a - -b"),
        ("(- a)", "(-a)"),
        ("[- a,- b]", "[-a, -b]"),
        ("[-1,- 2]", "[-1, -2]"),
        ("[5 - 3]", "[5 - 3]"),
        ("a [b , c ] . d", "a[b, c].d"),
        ("f ( x=1 , unit = b )", "f(x = 1, unit = b)"),
        ("f( )", "f()"),
        ("[ ]", "[]"),
        ("{ }", "{}"),
        ("m{ }", "m {}"),
        ("m{a=1;b=2;}", "m { a = 1; b = 2 }"),
        ("2*m{a=1}", "2 * m { a = 1 }"),
        ("not(a)", "not (a)"),
        ("a in(b)", "a in (b)"),
        ("if(a)then(b)else(c)", "if (a) then (b) else (c)"),
        ("x->kWh", "x -> kWh"),
        ("x as m . Energy", "x as m.Energy"),
        ("a??b|c..d", "a ?? b | c .. d"),
        ("{1..2=>a..b,3=>c}", "{ 1..2 => a .. b, 3 => c }"),
        ("{a=>b .. c,d=>e}", "{ a => b .. c, d => e }"),
        ("1 to 2", "1 to 2"),
        ("5 kW+-10 %", "5 kW +- 10 %"),
        ("4 GB/gpu+4GB/gpu", "4 GB/gpu + 4GB/gpu"),
        ("12 kWh /x", "12 kWh / x"),
        ("every  a . b", "every a.b"),
        ("sum(x.y for x in every a where b)", "sum(x.y for x in every a where b)"),
        ("2026-01-01..2027-01-01", "2026-01-01 .. 2027-01-01"),
        ("( 0.2 from  s )*b", "(0.2 from s) * b"),
        ('"a  b"  from s', '"a  b" from s'),
    ],
)
def test_blanks_in_values(written: str, expected: str) -> None:
    assert value(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("unit  a b:Energy prefixes k M=3 J", "unit a b : Energy prefixes k M = 3 J"),
        ("quantity A:kWh/gpu  tag", "quantity A : kWh/gpu tag"),
        ("import a . b as c", "import a.b as c"),
        ('import "x.gai"{a,B , }', 'import "x.gai" { a, B }'),
        ("kind k{ref a:[m . b];ref c:d ?}", "kind k { ref a : [m.b]; ref c : d? }"),
        ("kind k{input a:x|y ?=x}", "kind k { input a : x | y? = x }"),
        ("kind k{input a:weekly level A/B*m . C^2?}", "kind k { input a : weekly level A/B*m.C^2? }"),
        ("kind k{calc a[p in b,q in p . c,]:A counts b c=d}", "kind k { calc a[p in b, q in p.c] : A counts b c = d }"),
        ('abstract kind k"K"extends a . b{}', 'abstract kind k "K" extends a.b {}'),
    ],
)
def test_blanks_in_declarations(written: str, expected: str) -> None:
    assert laid(written) == expected + "\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", ""),
        ("\n\n \n", ""),
        ("# a", "# a\n"),
        ("  # a  \n\n\n\n#b\n\n", "# a\n\n#b\n"),
        ("## a", "## a\n"),
        ("## a\n##b  \n\n\n\nlet a=1", "## a\n##b\n\nlet a = 1\n"),
        ("# c\n## a\n\n# d\nlet a=1", "# c\n## a\n\n# d\nlet a = 1\n"),
        ("## a\n# c\n\nlet a=1", "## a\n# c\nlet a = 1\n"),
        ("## a\n  ## b\n\nlet a=1", "## a\n## b\nlet a = 1\n"),
        ("let a=1;let b=2;# c\n## d\nlet c=3;", "let a = 1\nlet b = 2  # c\n## d\nlet c = 3\n"),
        ("let a=1#b\n\n\n#c\nlet b=1", "let a = 1  #b\n\n#c\nlet b = 1\n"),
        ("let a=1 # b\n   from s # c\n", "let a = 1  # b\n  from s  # c\n"),
        ("let a=1\n\n # b\n\n\n # c\n\n   from s\n", "let a = 1\n  # b\n  # c\n  from s\n"),
        ("let a=[1 # b\n ,2]\n", "let a = [1,  # b\n    2]\n"),
        ("let a=[1\n # b\n ,# c\n 2]\n", "let a = [1,\n    # b\n    # c\n    2]\n"),
        ("let a=[ # b\n 1]\n", "let a = [  # b\n  1,\n]\n"),
        ("let a=[x # b\n]\n", "let a = [x,  # b\n]\n"),
        ("let a=[\n]\n", "let a = []\n"),
        ("let a=[\n# b\n]\n", "let a = [\n  # b\n]\n"),
        ("let a=f(# b\n)\n", "let a = f(  # b\n)\n"),
        ("k o{\n}\n", "k o {}\n"),
        ("k o{#a\n}\n", "k o {  #a\n}\n"),
        ("k o{\n\n#a\n\n}\n", "k o {\n  #a\n}\n"),
        ("k o{\n\n#a\n\n b=1}\n", "k o {\n  #a\n\n  b = 1\n}\n"),
        ("k o{\n ## d\n\n# e\n\n a=1}\n", "k o {\n  ## d\n  # e\n  a = 1\n}\n"),
        ("k o{a=1;## d\n b=2}\n", "k o {\n  a = 1\n  ## d\n  b = 2\n}\n"),
        ("k o{a=m{b=1}\n}\n", "k o {\n  a = m { b = 1 }\n}\n"),
        ("k o{a=[m{b=1\n}]}\n", "k o {\n  a = [m {\n    b = 1\n  }]\n}\n"),
        ('k o{a="""\n""";b=1}\n', 'k o {\n  a = """\n"""\n  b = 1\n}\n'),
    ],
)
def test_lines_and_comments(written: str, expected: str) -> None:
    assert laid(written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "calc a : T = -\n    b",
        "calc a : T =\n    b -\n      c",
        "calc a : T = b <\n    c",
        "calc a : T = (b\n      - c)",
        "calc a : T = b\n    .c",
        "calc a :\n    T =\n    b",
        "calc a : T = if b then c\n    else d",
        "calc a : T = f(b\n        + c\n          * d\n        - e,\n      g)",
        'assert a: b\n    and c\n    else error "d"',
        'assert a:\n    b\n      and c\n    else error "d"',
    ],
)
def test_line_ends_that_stay(text: str) -> None:
    kind = f"kind k {{\n  {text}\n}}\n"
    assert laid(kind) == kind


def test_fields_share_a_column_across_values_of_several_lines() -> None:
    text = "k o {\n  aa  = [\n    b,\n  ]\n  ccc = 1\n    from s\n  d   = 1\n}\n"
    assert laid(text) == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"let a = [{LONG}, {LONG}, {LONG}]", f"let a = [\n  {LONG},\n  {LONG},\n  {LONG},\n]\n"),
        (f"let a = [f({LONG}, {LONG}, {LONG})]", f"let a = [f(\n  {LONG},\n  {LONG},\n  {LONG},\n)]\n"),
        (f"let a = f({LONG}, {LONG})[{LONG}]", f"let a = f(\n  {LONG},\n  {LONG},\n)[{LONG}]\n"),
        (f"let a = {LONG} + {LONG} - {LONG}", f"let a =\n  {LONG}\n    + {LONG} -\n    {LONG}\n"),
        (f"let a = ({LONG} - {LONG} * {LONG})", f"let a = ({LONG}\n    - {LONG} * {LONG})\n"),
        (f"let a = {LONG} < {LONG} | {LONG}", f"let a =\n  {LONG} <\n    {LONG} | {LONG}\n"),
        (f"let a = {LONG}[{LONG}][b or {LONG}]", f"let a =\n  {LONG}[{LONG}][b\n        or {LONG}]\n"),
        (f"let a = fff(gg({LONG} for a in b where {LONG}))", f"let a = fff(gg({LONG} for a in b where {LONG}))\n"),
        (
            f"let a = f(g({LONG} for a in {LONG} where {LONG}))",
            f"let a =\n  f(g({LONG}\n        for a in {LONG} where {LONG}))\n",
        ),
        (
            f"let a = f(g({LONG} for a in {LONG} where {LONG} + {LONG}))",
            f"let a =\n  f(g({LONG}\n        for a in {LONG}\n        where {LONG} + {LONG}))\n",
        ),
        (
            f'k o {{ a = m {{ b = {LONG} from s note "{LONG}"; c = 1 }}; dd = 1 }}',
            f'k o {{\n  a  = m {{\n    b = {LONG} from s note "{LONG}"\n    c = 1\n  }}\n  dd = 1\n}}\n',
        ),
        (
            f"k o {{ a = m {{ b = {LONG}; cc = n {{ d = {LONG}; e = {LONG} }} }} }}",
            f"k o {{\n  a = m {{\n    b  = {LONG}\n    cc = n {{ d = {LONG}; e = {LONG} }}\n  }}\n}}\n",
        ),
        (
            f"let a = f({LONG}, {LONG}, {LONG}) from s conf low",
            f"let a = f(\n  {LONG},\n  {LONG},\n  {LONG},\n) from s conf low\n",
        ),
        (
            f'let a = 1 from s conf low note "{LONG} {LONG} {LONG}"',
            f'let a = 1\n  from s conf low\n  note "{LONG} {LONG} {LONG}"\n',
        ),
        (f'let a = "{LONG * 3}" from s', f'let a = "{LONG * 3}"\n  from s\n'),
        (f'let a = f("{LONG * 3}")', f'let a =\n  f("{LONG * 3}")\n'),
        (f'let a = "{LONG * 3}"', f'let a = "{LONG * 3}"\n'),
        (f"let a = {LONG}({LONG}){LONG and ''}({LONG}, b)", f"let a = {LONG}({LONG})(\n  {LONG},\n  b,\n)\n"),
    ],
)
def test_lines_that_are_too_long(written: str, expected: str) -> None:
    assert laid(written) == expected


def test_120_columns_fit() -> None:
    fits = f"let a = [{'b' * 54}, {'c' * 54}]"
    assert len(fits) == 120
    assert laid(fits).count("\n") == 1
    assert laid(fits.replace("c]", "cc]")).count("\n") == 4


def test_numbers_are_filled_anew_where_a_line_is_too_long() -> None:
    hours = ",".join(map(str, range(100, 148)))
    lines = laid(f"let a=[{hours}]").splitlines()
    assert [line.count(",") for line in lines] == [0, 12, 12, 12, 12, 0]
    assert all(len(line) <= 120 for line in lines)
    assert ",".join(part.strip() for line in lines[1:-1] for part in line.split(",") if part.strip()) == hours
    wide = laid(f"let a=[{'1' * 130},{'2' * 130}]").splitlines()
    assert [line.strip() for line in wide] == ["let a = [", "1" * 130 + ",", "2" * 130 + ",", "]"]


def test_a_cr_at_the_end_of_a_comment_is_a_blank() -> None:
    assert laid("# a\r\n## b \r\nlet a=1 # c \t\r") == "# a\n## b\nlet a = 1  # c\n"


def test_text_with_mistakes_is_refused() -> None:
    found, faults = lay_out(SourceFile("model.gai", "let a = 1\nlet b = \nscenario s {}\n"))
    assert found is None
    assert [fault.code for fault in faults] == ["GAI002", "GAI090"]


def test_deep_nesting_takes_no_deep_recursion() -> None:
    limits = Limits(nesting=400, depth=2_000)
    text = f"let a = {'(' * 300}{LONG} + {LONG} + {LONG}{')' * 300}\n"
    assert laid(text, limits).count("\n") == 3


def test_a_layout_that_would_change_a_text_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(text: str, pieces: Pieces, sheet: Sheet) -> None:
        pieces.texts[-1] = "2"
        write_pieces(text, pieces, sheet)

    monkeypatch.setattr("gaic.parse.layout.write_pieces", lose)
    with pytest.raises(LayoutError, match="would change its meaning"):
        lay_out(SourceFile("model.gai", "let a=1\n"))
