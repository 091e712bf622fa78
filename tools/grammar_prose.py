"""What the page of the grammar says in words: names for readers, sections, a line for each production and token."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its title, its first lines, and a line for each of its productions, in order."""

    title: str
    opening: str
    lines: dict[str, str]


INLINED = ("documented", "documented_entry", "_names", "_entries")
"""Rules that only help the parser."""

NAMES = {
    "start": "items",
    "_item": "item",
    "top": "declaration",
    "_module": "module",
    "_entry": "entry",
    "entry": "bare_entry",
    "_sep": "separator",
    "binders": "table_keys",
    "binder": "table_key",
    "_keys": "keys",
    "_arguments": "arguments",
    "dims": "measure",
    "dim": "factor",
    "typename": "type_name",
    "linktype": "link_type",
    "expr": "expression",
    "coalesce": "otherwise",
    "or": "or_test",
    "and": "and_test",
    "not": "not_test",
    "compare": "comparison",
    "conv": "conversion",
    "postfix": "operand",
}
"""Names of rules that read better on the page."""

STEPS = ("place", "step")
"""A rule, and what is repeated in it as a production of its own."""

TOKEN_NAMES = {"CMP": "COMPARISON", "NL": "LINE_END", "UNITNAME": "UNIT_NAME"}
"""Names of tokens that read better on the page."""

SECTIONS = (
    Section(
        "Items of a file",
        "A file is a row of `items`, each of which begins in column 1. The things that models are made of have no"
        " words of their own: `server web { ... }` and `shape office { ... }` are both an `object`.",
        {
            "items": "one line of a file with what is indented below it; further items behind `;`",
            "item": "a declaration with its documentation, see [text](text.md)",
            "declaration": "what may stand in column 1; `vary` and `correlate` are [refused](not_yet.md)",
            "import": "the names of another file or of the library, see [modules](modules.md)",
            "module": "a path below `std`, or a file",
            "dimension": "what cannot be expressed by others, see [quantities](quantities.md)",
            "unit": "a unit, its symbols and what it is worth",
            "prefixes": "the prefixes that the symbols take",
            "quantity": "a type: the unit in which it is shown, and a tag",
            "kind": "what its objects have, see [kinds](kinds.md)",
            "object": "one of a kind, see [objects](objects.md); also a `study`, a `source`, a `shape`, a `category`",
            "path": "a name, or one inside a module",
        },
    ),
    Section(
        "Blocks and entries",
        "All blocks share one list of entries. Which of them may stand in a kind, and which in an object, is said on"
        " [kinds](kinds.md) and [objects](objects.md); where one stands in the wrong block, a message says so.",
        {
            "block": "what stands in braces, one entry per line",
            "separator": "what ends an entry that another one follows",
            "entry": "an entry with its documentation",
            "bare_entry": "what may stand in a block",
            "field": "sets an input or a reference of an object, see [objects](objects.md)",
            "input": "a value that objects may set, see [kinds](kinds.md)",
            "ref": "a reference to one object or a list of links, or one that follows others, see [links](links.md)",
            "back": "the links that point here: `kind.reference`",
            "set": "distinct objects that are reached; setting a path and `*=` are [refused](not_yet.md)",
            "let": "a constant, of a file or of a kind",
            "calc": "a calculation, see [formulas](formulas.md); an abstract kind may leave the formula out",
            "table_keys": "what a table has values for, at most four, see [keys](keys.md)",
            "table_key": "a variable and what it stands for in turn",
            "counts": "the criterion and the phase in whose totals a calculation counts, see [kinds](kinds.md)",
            "assert": "what must hold, see [assertions](assertions.md); the NAME is `error` or `warn`",
            "vary": "[refused](not_yet.md)",
            "correlate": "[refused](not_yet.md)",
            "limits": "what is allowed (`within`) or plausible (`usual`)",
            "target": "what is set",
        },
    ),
    Section(
        "Types",
        "A type is a measure, made of names with a capital letter, or words with a small one: those of a choice, or"
        " one of `text`, `date`, `bool` and `zone`.",
        {
            "type": "of a value; with `?` it may stay unset, see [conditions](conditions.md)",
            "measure": "a product of types",
            "factor": "a type with a whole exponent",
            "type_name": "a type, or one inside a module",
            "link_type": "one object, one or none, or a list of links",
        },
    ),
    Section(
        "Values and where they come from",
        "Wherever a value is written, it may say where it comes from.",
        {
            "value": "an expression with its clauses, each at most once, see [sources](sources.md)",
            "clause": "the source, the confidence (`high`, `medium` or `low`), and a note",
        },
    ),
    Section(
        "Expressions, loosest first",
        "Each production is made of the next one, which binds more tightly; see [the table](#operators-by-strength).",
        {
            "expression": "a condition that chooses, see [conditions](conditions.md)",
            "otherwise": "what stands in for a value that is unset",
            "or_test": "true if one side is",
            "and_test": "true if both sides are",
            "not_test": "true if the rest is not",
            "comparison": "comparison, and membership with `in`; both do not chain",
            "union": "several ways to the objects of a set, see [links](links.md)",
            "range": "from one date, time or month to another; does not chain",
            "conversion": "another unit to show, or another tag, see [quantities](quantities.md)",
            "spread": "an uncertain value, see [sources](sources.md); its ends hold no operator but a sign",
            "sum": "sums and differences",
            "product": "products and quotients; `*` and `/` inside a unit have no blanks, see [values](values.md)",
            "signed": "a sign, or all objects of a kind",
            "power": "an exponent, which may have a sign",
        },
    ),
    Section(
        "Operands",
        "Names, what is read through them, calls and literals.",
        {
            "operand": "nothing stands behind a literal: no `.`, `(`, `[` or `{`",
            "place": "a name or an expression in parentheses, and the steps from there",
            "step": "an attribute, a value of a table, a call, a gathering of members, an amended object",
            "keys": "which value of a table, see [keys](keys.md)",
            "arguments": "what a function is given",
            "argument": "by place or by name",
            "generator": "takes each member of a collection in turn, see [formulas](formulas.md)",
            "collection": "a list, a way back, a set, a table's members, or all objects of a kind",
            "every": "all objects of a kind and its children",
        },
    ),
    Section(
        "Literals",
        "See [values](values.md).",
        {
            "literal": "a value that is written out",
            "list": "references, or numbers for hours; a long run of plain numbers is one token",
            "table": "rows of a day or of a year, see [hours](hours.md) and [shapes](shapes.md)",
            "row": "a time or month, or several, and what holds there",
        },
    ),
)
"""The sections of the page, in order."""

TOKENS = {
    "NAME": "a name: begins with a small letter or `_` and is no reserved word",
    "TYPE": "the name of a type: begins with a capital letter",
    "UNIT_NAME": "a new unit or a prefix, in its declaration",
    "UNIT": "a unit: names of units joined by `*`, `/` and `^` without blanks; no reserved word",
    "NUMBER": "a plain number; `_` may group its digits",
    "QUANTITY": "a number, at most one blank, and a unit",
    "NUMBERS": "sixteen or more plain numbers, which nothing but `]` follows",
    "DATE": "a date, with or without a time, which is local or in UTC (`Z`)",
    "TIME": "a time of day; `24:00` is its end",
    "STRING": 'a text on one line, in which a backslash escapes (`\\\\`, `\\"`, `\\n`, `\\t`, `\\u{1F600}`), or one of'
    " several lines between three quotes",
    "FORM": "what makes a type that of an hourly series; a name elsewhere",
    "COMPARISON": "",
    "DOC": "lines of documentation, one below the other",
    "LINE_END": "the end of a line that ends something, with the blank lines and comments behind it: no operator or"
    " clause word begins the next line",
}
"""A line for each token that is no fixed word or sign."""

MEANINGS = {
    "expression": "choice",
    "otherwise": "the right side where the left one is unset",
    "or_test": "or",
    "and_test": "and",
    "not_test": "not",
    "comparison": "comparison, membership",
    "union": "several ways to the objects of a set, words of a choice",
    "range": "from, to",
    "conversion": "unit to show, tag to give",
    "spread": "uncertain value",
    "sum": "sum, difference",
    "product": "product, quotient",
    "signed": "sign; all objects of a kind",
    "power": "power",
}
"""What the operators of each strength mean."""

HEAD = """\
# The grammar

What may stand where, for those who look up a detail or write a tool; the other pages say what it means. This page is
made by `python -m tools.make_grammar` from the grammar that the compiler reads, and a test holds the two together.

In the productions `"..."` is a word or sign as it stands, CAPITALS are [tokens](#tokens), small letters other
productions. `a b` is one behind the other, `a | b` one of two, `[a]` there or not, `a*` any number of times, `a+` at
least once, and parentheses group. What ends a line, and what continues one, is said
[at the end](#lines-columns-and-comments).
"""

LAYOUT = """\
## Lines, columns and comments

- A file is UTF-8. A byte order mark at its head is skipped, and CR LF is read as a line end.
- An item begins in column 1, and what belongs to it is indented; only comments and brackets may stand in column 1
  beside it. So a file can be cut into items before any is read, and a mistake in one leaves the others readable.
- Blanks and tabs separate words and mean nothing else, except that a unit stands behind its number with at most one.
- `#` begins a comment, up to the end of the line. `##` begins documentation: of the item or entry below it, or of the
  file, at its head with a blank line behind it.
- A line end or `;` ends an entry. A line end is no end
  - inside `( )`, `[ ]` and the braces of a table (those of a block do end entries at line ends);
  - behind {glue};
  - before a line that begins with {continuing}, {signs} or with `.` and a name. A leading `-` does not continue one.
- `{{` stands on the line of its declaration.
- Where two tokens could be read, a date comes before a time, a time before a quantity, a quantity before a number, and
  a word of the language before a name.

```gai
kind lamp {{
  input power : Power =
    10 W
    within 0 W ..
      100 W
  calc twice : Power = power
    + power
  calc pair : Power = sum(l.power
    for l in every lamp
    where l.power > 1 W)
}}

lamp desk {{ power = 5 W }}; lamp floor {{}}
#=> desk.twice = 10 W
#=> floor.pair = 15 W
```
"""

STRENGTH = """\
## Operators by strength

Loosest first. An operator further down takes its operands before one further up does.

| operators | meaning | several in a row |
|---|---|---|
"""

STRENGTH_PROGRAM = """
```gai
kind sums {
  input two  : Ratio = 2
  input rest : Ratio?
  calc sign  : Ratio = -two ^ two                       # -(two ^ two)
  calc right : Ratio = two ^ two ^ -1                   # two ^ (two ^ -1)
  calc left  : Ratio = 1 - two - two / two / two        # (1 - two) - ((two / two) / two)
  calc both  : bool  = not two < 1 and two < 1 or true  # ((not (two < 1)) and (two < 1)) or true
  calc other : Ratio = rest ?? 1 + two                  # rest ?? (1 + two)
  calc last  : Ratio = if two > 1 then two else two + 1 # else (two + 1)
}

sums s {}
#=> s.sign = -4
#=> s.right = 1.41421356237
#=> s.left = -1.5
#=> s.both = true
#=> s.other = 3
#=> s.last = 2
```
"""

WORDS = """\
## Words

Reserved, never a name: {reserved}.

With a meaning in one place only, and names elsewhere: {local}.
"""
