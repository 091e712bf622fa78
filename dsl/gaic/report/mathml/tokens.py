"""The smallest parts of a formula: numbers, units, names, operators, brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.report.mathml.node import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gaic.syntax.expressions import Name

    Link = Callable[[Name], str | None]
    """Where a name leads: the address of what it stands for, None if it has none."""

MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
# Between the words of a name, and between a number and its unit; no place to break a line.
WORD_SPACE = "\N{NO-BREAK SPACE}"
GROUP_SPACE = "\N{NARROW NO-BREAK SPACE}"

_MANTISSA = re.compile(r"([0-9_.]+)(?:[eE]([+-]?)([0-9]+))?")
_POWER = re.compile(r"\^(-?[0-9]+)")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def row(*parts: Node) -> Node:
    """Parts side by side."""
    return parts[0] if len(parts) == 1 else Node("mrow", parts)


def sign(text: str, *attributes: tuple[str, str]) -> Node:
    """An operator, with the space that such an operator has."""
    return Node("mo", (text,), attributes)


def between(text: str) -> Node:
    """An operator between two parts, also where a line begins with it."""
    return sign(text, ("form", "infix"))


def gap(width: str = "0.35em") -> Node:
    """Room between two words."""
    return Node("mspace", (), (("width", width),))


def word(text: str, style: str = "") -> Node:
    """Upright words: a unit, a keyword, a text."""
    return Node("mtext", (text,), (("class", style),) if style else ())


def keyword(text: str) -> Node:
    """A word of the language between two parts, with a blank on either side."""
    return row(gap(), word(text, "keyword"), gap())


def name(written: Name, link: Link, shown: str = "", style: str = "") -> Node:
    """A name as words: upright, a single letter slanted, linked where it leads somewhere."""
    text = (shown or written.text).replace("_", WORD_SPACE)
    href = link(written)
    if href:
        return linked(text, href, style)
    # Browsers slant a single letter and keep a word upright.
    return Node("mi", (text,), (("class", style),) if style else ())


def linked(text: str, href: str, style: str = "") -> Node:
    """A name that leads somewhere."""
    # Checkers know links in `mtext` alone; beside a text an operator takes no room, so an empty name stands with it.
    link = Node("a", (text,), (("href", href),))
    return row(Node("mi"), Node("mtext", (link,), (("class", style),) if style else ()))


def number(text: str) -> Node:
    """A number as it is written: digits in groups as there, an exponent raised."""
    found = _MANTISSA.fullmatch(text)
    if found is None:
        return Node("mn", (text,))
    mantissa, minus, power = found[1].replace("_", GROUP_SPACE), found[2], found[3]
    if power is None:
        return Node("mn", (mantissa,))
    exponent = f"{MINUS if minus == '-' else ''}{power.lstrip('0') or '0'}"
    ten = Node("msup", (Node("mn", ("10",)), Node("mn", (exponent,))))
    return ten if mantissa == "1" else row(Node("mn", (mantissa,)), sign(TIMES), ten)


def unit(text: str) -> Node:
    """A unit behind a number: upright, a blank in front, powers raised."""
    raised = _POWER.sub(lambda found: found[1].translate(_RAISED), text)
    return word(f"{WORD_SPACE}{raised.replace('*', '·')}", "unit")


def fenced(inside: Node, left: str = "(", right: str = ")") -> Node:
    """Something in brackets that are as high as it is."""
    return row(sign(left), inside, sign(right))


def listed(parts: Sequence[Node], separator: str = ",") -> Node:
    """Parts with a comma between them."""
    joined: list[Node] = []
    for part in parts:
        joined += [sign(separator), part] if joined else [part]
    return Node("mrow", tuple(joined))


def stacked(lines: Iterable[Node], style: str = "stacked") -> Node:
    """Lines below one another that begin at one edge."""
    rows = tuple(Node("mtr", (Node("mtd", (line,)),)) for line in lines)
    return Node("mtable", rows, (("class", style), ("displaystyle", "true")))
