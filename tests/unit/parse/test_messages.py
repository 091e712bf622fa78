"""Broken texts and what is said about them, to the letter."""

from __future__ import annotations

import pytest

from gaic.parse.newlines import NewlineFilter
from gaic.parse.table import load_parser

from .reading import told

TO = "use parentheses: `x * (0.1 to 0.6)` or `(2 * x) to (3 * x)`"
NEEDS_ELSE = "every `if ... then ...` has an `else ...`"
DOC_PLACE = "above an item or an entry; a plain comment begins with `#`"

VALUES = [
    ("let x =\n", "1:7 GAI002 a value is missing after `=`"),
    ("let x = 1 +\nlet y = 2\n", "1:11 GAI002 a value is missing after `+`"),
    ("k a {\n  x = 3 *\n  y = 2\n}\n", "2:9 GAI002 a value is missing after `*`"),
    ("k a {\n  x = 3 *\n  input y : T\n}\n", "2:9 GAI002 a value is missing after `*`"),
    ("let x = -\n", "1:9 GAI002 a value is missing after `-`"),
    ("let x = ,\n", "1:7 GAI002 a value is missing after `=`"),
    ("let x = a from\n", "1:11 GAI002 a name is missing after `from`"),
    ("k a {\n  x = 1 from\n  y = 2\n}\n", "2:9 GAI002 a name is missing after `from`"),
    ("let x = a ->\n", "1:11 GAI002 a unit is missing after `->`"),
    ("let x = a.\n", "1:11 GAI002 expected a name, found the end of the line"),
    ("let x = sum(a for b in )\n", "1:21 GAI002 a name is missing after `in`"),
    ("let x = a note b\n", '1:16 GAI001 expected a text in quotes (`"..."`), found `b`'),
    ("let x = if a then b\n", f"1:20 GAI002 `else` is missing | {NEEDS_ELSE}"),
    ("let x = if a\n", "1:13 GAI002 `then` is missing | write `if ... then ... else ...`"),
    ("let x = y * 0.1 to 0.6\n", f"1:17 GAI007 the ends of `to` hold no operator | {TO}"),
    ("let x = 1 to 3 * y\n", f"1:16 GAI007 the ends of `to` hold no operator | {TO}"),
    ("let x = (a + b) * 2 to 3\n", f"1:21 GAI007 the ends of `to` hold no operator | {TO}"),
    ("let x = 1 +- 2 + y\n", f"1:16 GAI007 the ends of `+-` hold no operator | {TO.replace('to', '+-')}"),
    ("let x = 1 to 2 to 3\n", "1:16 GAI010 `to` does not chain"),
    ("let x = 1 .. 2 .. 3\n", "1:16 GAI010 `..` does not chain"),
    ("let x = a < b < c\n", "1:15 GAI010 comparisons do not chain | join two comparisons: `a < b and b < c`"),
    ("let x = a < b and < c\n", "1:19 GAI001 expected a value, found `<`"),
    (
        "let x = a < b and c == d == e\n",
        "1:26 GAI010 comparisons do not chain | join two comparisons: `a < b and b < c`",
    ),
    ("let x = a in b in c\n", "1:16 GAI010 comparisons do not chain | join two comparisons: `a < b and b < c`"),
    ("let x = 2 ** 3\n", "1:12 GAI001 `*` cannot stand here | `^` is the power"),
    ("let x = a || b\n", "1:12 GAI001 `|` cannot stand here | write `or`"),
    ("let x = a // b\n", "1:12 GAI001 `/` cannot stand here | a comment begins with `#`"),
    ("let x = .5\n", "1:9 GAI001 `.` cannot stand here | a number begins with a digit: write `0` before the point"),
    ("let x = 5.\n", "1:10 GAI001 `.` cannot stand here | a number has digits on both sides of its point"),
    ("let x = 5 (3)\n", "1:11 GAI001 `(` cannot stand here | to multiply, write `*`"),
    ("k a { x = 1,000 }\n", "1:12 GAI001 `,` cannot stand here | a number is written `1_000` or `1000`"),
    ("let x = [a b]\n", "1:12 GAI001 expected an operator, `,` or `]`, found `b`"),
    ("let x = {1 => 2, 3}\n", "1:19 GAI001 expected `=>`, found `}`"),
    (
        "let x = 1 from a from b\n",
        "1:18 GAI008 `from` is given twice for one value",
    ),
    (
        "let x = 1 conf sure\n",
        "1:16 GAI009 `sure` is no confidence | write `conf high`, `conf medium` or `conf low`",
    ),
    (
        'let x = "a\\qb"\n',
        '1:11 GAI011 `\\q` is no escape | a backslash is `\\\\`; the others are `\\n`, `\\t`, `\\"` and `\\u{1F600}`',
    ),
]

CURRENCY = "a currency is written with its ISO code, three capital letters"
MODULE_TYPE = "write `Power`, or `power.` and a type of that module"

ENTRIES = [
    ("k a {\n  pue 1.2\n}\n", "2:7 GAI002 `=` is missing after `pue` | write `pue = ...`"),
    ("k a {\n  pue: 1.2\n}\n", "2:6 GAI002 `=` is missing after `pue` | write `pue = ...`"),
    (
        "k a {\n  x = y,\n  z = 2\n}\n",
        "2:8 GAI001 `,` cannot stand here | entries are separated by line ends or `;`, not by commas",
    ),
    (
        "k a { x = 1 y = 2 }\n",
        "1:15 GAI001 `=` cannot stand here | put `;` or a line end between the two; `==` compares",
    ),
    ("let x = f(1, b = 2 c = 3)\n", "1:22 GAI001 `=` cannot stand here | put `,` between the two; `==` compares"),
    ('assert x: a = b else error "no"\n', "1:13 GAI001 `=` cannot stand here | `==` compares"),
    (
        "kind a {\n  input x = 3 W\n}\n",
        "2:11 GAI002 the type of `input` is missing | write `input x : Power = 300 W`",
    ),
    ("kind a { calc x = 3 }\n", "1:17 GAI002 the type of `calc` is missing | write `calc x : Power = ...`"),
    (
        'kind a { assert x a > b else error "m" }\n',
        '1:19 GAI002 `:` is missing | write `assert name: condition else error "..."`',
    ),
    ("assert x: a\n", '1:12 GAI002 `else` is missing | write `else error "..."` behind the condition'),
    (
        'assert x: a else fatal "no"\n',
        '1:18 GAI009 `fatal` is no severity | write `else error "..."` or `else warn "..."`',
    ),
    ("kind a { ref b [c] }\n", "1:16 GAI001 expected `=` or `:`, found `[`"),
    ("kind a { calc b[p of c] : T }\n", "1:19 GAI001 expected `in`, found `of`"),
    (
        "kind a { input t : T within 1 W }\n",
        "1:33 GAI001 expected `..`, found `}` | a range is written `lo .. hi`",
    ),
    (
        "kind a { input t : T usual 1 .. 2 within 1 .. 2 }\n",
        "1:35 GAI001 expected `}` or the end of the line, found `within` | `within` stands before `usual`",
    ),
    ("kind a { calc x : Time^0.5 = 3 }\n", "1:24 GAI001 the exponent of a type is a whole number"),
    (
        "k a { from = 3 }\n",
        "1:7 GAI005 `from` is a reserved word and cannot be a name | use another name, such as `from_`",
    ),
    (
        "k a {\n  x = 1\n  note = 3\n}\n",
        "3:3 GAI005 `note` is a reserved word and cannot be a name | use another name, such as `note_`",
    ),
    (
        "let x = unit + 1\n",
        "1:9 GAI005 `unit` is a reserved word and cannot be a name | use another name, such as `unit_`",
    ),
]

ITEMS = [
    (
        "k a\n{\n  x = 1\n}\n",
        "1:4 GAI001 `{` stands on the line of its declaration | write `{` at the end of this line",
    ),
    ("k a\nlet x = 1\n", "1:4 GAI002 `{` is missing | write `{}` where there is nothing to set"),
    ("kind set {}\n", "1:6 GAI005 `set` is a reserved word and cannot be a name | use another name, such as `set_`"),
    ("if x {}\n", "1:1 GAI005 `if` is a reserved word and cannot be a name | use another name, such as `if_`"),
    ("let Foo = 1\n", "1:5 GAI012 only types begin with a capital letter: `Foo` | write `foo`"),
    ("dimension ticket\n", "1:11 GAI012 a type begins with a capital letter: `ticket` | write `Ticket`"),
    (
        "unit a : power W\n",
        f"1:10 GAI012 a type begins with a capital letter: `power` | {MODULE_TYPE}",
    ),
    (
        "kind k { calc a : amount power = 1 }\n",
        f"1:26 GAI012 a type begins with a capital letter: `power` | {MODULE_TYPE}",
    ),
    ("unit from : X\n", "1:6 GAI005 `from` is a reserved word and cannot be a unit | give the unit another name"),
    ("unit a X = 3\n", "1:10 GAI001 expected a unit name or `:`, found `=`"),
    ("quantity Ram = GB\n", "1:14 GAI002 `:` is missing | write `quantity Power : W`"),
    (
        "import std/grid\n",
        (
            "1:11 GAI001 expected `{` or the end of the line, found `/` | "
            "the parts of a module are joined by dots: `a.b.c`"
        ),
    ),
    ("kind\n", "1:5 GAI002 expected a name, found the end of the line"),
    (
        "let x = 3 let y = 4\n",
        (
            "1:11 GAI001 expected an operator or the end of the line, found `let` | "
            "entries are separated by line ends or `;`"
        ),
    ),
    (
        "kind a {} kind b {}\n",
        (
            "1:11 GAI001 `kind` stands behind the end of the item | "
            "items stand on lines of their own; on one line, `;` stands between them"
        ),
    ),
    (
        "x = 3\n",
        (
            "1:1 GAI001 `x = ...` stands in no block | "
            "a constant of the file is `let x = ...`; what belongs to the item above is indented"
        ),
    ),
    (
        "input x : Power\n",
        "1:1 GAI006 `input` belongs in a block | write it between the `{` and `}` of a kind, and indent it",
    ),
    ("from x\n", "1:1 GAI006 no item begins with `from` | what continues the line above is indented"),
    ("// comment\n", "1:1 GAI006 no item begins with `/` | a comment begins with `#`"),
    ("  let x = 3\n", "1:3 GAI006 an item starts in column 1 | move it to column 1"),
    (
        "kind a {}\n  kind b {}\n",
        (
            "2:3 GAI006 an item starts in column 1 | "
            "move it to column 1; what belongs to the item above stands between its `{` and `}`"
        ),
    ),
    ("kind a {\ninput x : T\n}\n", "2:1 GAI006 what stands inside brackets is indented | indent it"),
    ("k a {\n  x = [a,\nb]\n}\n", "3:1 GAI006 what stands inside brackets is indented | indent it"),
    ("let a = 1\n## stray\n", f"2:1 GAI013 this documentation belongs to nothing | `##` stands {DOC_PLACE}"),
    ("k a {\n  x = 1\n  ## stray\n}\n", f"3:3 GAI013 this documentation belongs to nothing | `##` stands {DOC_PLACE}"),
    ("k a {} ## doc\n", f"1:8 GAI013 documentation cannot stand here | `##` stands on lines of its own {DOC_PLACE}"),
]

BRACKETS = [
    ("k a {\n  x = 1\nlet y = 3\n", "1:5 GAI003 `{` is not closed | close it with `}`"),
    ("k a {\n  x = (1 + 2\n  y = 3\n}\n", "2:7 GAI003 `(` is not closed before the next entry | close it with `)`"),
    ("k a {\n  x = f(1, [2, 3)\n}\n", "2:12 GAI003 `[` is not closed before `)` | close it with `]`"),
    ("k a {\n  x = (1 + 2\n}\n", "2:7 GAI003 `(` is not closed before `}` | close it with `)`"),
    ("import std.grid { france\n", "1:17 GAI003 `{` is not closed | close it with `}`"),
    ("k a {\n  x = 1\n}}\n", "3:2 GAI001 `}` closes nothing | leave it out"),
    (
        'k a { t = "abc }\n',
        (
            '1:11 GAI004 this text is not closed | close it with `"` on the same line; '
            'a text of several lines stands between `"""`'
        ),
    ),
    ('k a { t = """abc\n}\nlet z = 3\n', '1:11 GAI004 this text is not closed | close it with `"""`'),
]

CHARACTERS = [
    ("let x = 'abc'\n", '1:9 GAI014 `\'` is no part of the language | texts stand in double quotes: `"..."`'),
    (
        "let x = 5 \u20ac\n",
        f"1:11 GAI014 `\u20ac` is no part of the language | {CURRENCY}",
    ),
    ("let x = a && b\n", "1:11 GAI014 `&` is no part of the language | write `and`"),
    ("let x = a\u00a0+ b\n", "1:10 GAI014 U+00A0 is no part of the language | replace it by a plain blank"),
    (
        "let na\u00efve = 3\n",
        (
            "1:7 GAI014 `\u00ef` is no part of the language | "
            "names are made of the letters a to z and A to Z, digits and `_`"
        ),
    ),
    ("\x07\n", "1:1 GAI014 U+0007 is no part of the language"),
    ("let x = \u202e 1\n", "1:9 GAI014 U+202E is no part of the language"),
    ("let x = 1\r\n", "1:10 GAI014 U+000D is no part of the language | line ends are LF or CRLF"),
]

REFUSED = [
    ("scenario x { set a.b = 1; set c *= 2; vary d in [1] }\n", "1:1 GAI090 `scenario` is not supported yet"),
    ("budget b { of = total.gwp }\n", "1:1 GAI090 `budget` is not supported yet"),
    ("slo s { of = a.b }\n", "1:1 GAI090 `slo` is not supported yet"),
    ("vary x in [1, 2]\n", "1:1 GAI090 `vary` is not supported yet"),
    ("correlate [a, b] = 0.5\n", "1:1 GAI090 `correlate` is not supported yet"),
    ("k a { set b.c = 1 }\n", "1:7 GAI090 setting a value by its path is not supported yet"),
    ("let x = k { set b *= 1 }\n", "1:13 GAI090 scaling a value (`*=`) is not supported yet"),
    ("kind a { calc x : weekly level T = 3 }\n", "1:19 GAI090 a calculated week is not supported yet"),
    ("let a : intensity T = 3\n", "1:9 GAI090 an intensity series is not supported yet"),
    ("kind a { input x : intensity T }\n", "1:20 GAI090 an intensity series is not supported yet"),
]


@pytest.mark.parametrize(
    ("text", "message"), [*VALUES, *ENTRIES, *ITEMS, *BRACKETS, *CHARACTERS, *REFUSED], ids=lambda text: text[:40]
)
def test_one_mistake_gives_one_message(text: str, message: str) -> None:
    assert told(text) == [message]


def test_messages_speak_of_no_terminals() -> None:
    terminals = {terminal.name for terminal in load_parser(NewlineFilter(), object()).terminals}
    for text, _ in (*VALUES, *ENTRIES, *ITEMS, *BRACKETS, *CHARACTERS):
        for line in told(text):
            assert not terminals & set(line.replace("`", " ").split()[2:]), line
