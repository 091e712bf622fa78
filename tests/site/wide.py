"""A model whose objects are as wide as they get: many attributes, tables of many members, values that many read."""

from __future__ import annotations

ATTRIBUTES = 60
MEMBERS = 200
READERS = 400

WHY = 'from hypothesis note "for the size of the page"'


def write_wide_model(attributes: int = ATTRIBUTES, members: int = MEMBERS, readers: int = READERS) -> str:
    """A hub of so many attributes; a part per member, a table over them twice; objects that all read one value.

    A fifth of the attributes are series.
    """
    given = attributes // 3
    hourly = max(1, attributes // 5)
    plain = attributes - given - hourly - 4
    lines = [
        f"kind part {{ input size : Ratio = 2 {WHY} }}",
        "kind hub {",
        "  ref parts : [part]",
        '  input course : amount Ratio = hourly([1, 2, 3, 5, 8, 13], start = "2026-01-01T00:00")'.replace('"', ""),
        *(f"  input a{number} : Ratio = {number + 1} {WHY}" for number in range(given)),
        *(
            f"  calc c{number} : Ratio = a{number % given} * a{number * 7 % given} + {_before(number)}"
            for number in range(plain)
        ),
        *(f"  calc s{number} : amount Ratio = {_course(number)} * c{number % plain}" for number in range(hourly)),
        f"  calc per_part[p in parts] : Ratio = p.size * c{plain - 1}",
        f"  calc course_per_part[p in parts] : amount Ratio = s{hourly - 1} * p.size",
        "  calc whole : Ratio = sum(per_part[p] for p in parts)",
        "}",
        "kind reader { ref hub : hub; calc seen : Ratio = hub.whole * hub.a0; calc flow : amount Ratio = hub.s0 * 1 }",
        *(f"part p{number} {{ size = {number + 1} {WHY} }}" for number in range(members)),
        f"hub middle {{ parts = [{', '.join(f'p{number}' for number in range(members))}] }}",
        *(f"reader r{number} {{ hub = middle }}" for number in range(readers)),
    ]
    return "\n".join(lines) + "\n"


def _before(number: int) -> str:
    return f"c{number - 1}" if number else "1"


def _course(number: int) -> str:
    return f"s{number - 1}" if number else "course"
