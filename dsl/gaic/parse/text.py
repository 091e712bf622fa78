"""What stands inside texts and documentation: escapes, indentation, comment signs."""

from __future__ import annotations

import re
from textwrap import dedent

_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{1,6})\}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_SURROGATES = range(0xD800, 0xE000)
_LAST = 0x10FFFF
_MOST_WRONG = 1000  # escapes of one text that are told


def text_value(literal: str) -> tuple[str, list[tuple[int, str]]]:
    r"""The value of a string literal, and the escapes in it that mean nothing, each with its offset.

    `"..."` knows `\n`, `\t`, `\"`, `\\` and `\u{1F600}`. Between `\"\"\"` everything is text, a backslash
    too; the line end after the opening quotes and the common indentation of the lines are left out.
    """
    if literal.startswith('"""'):
        return dedent(literal[3:-3].removeprefix("\n")), []
    if "\\" not in literal:
        return literal[1:-1], []
    wrong: list[tuple[int, str]] = []

    def resolve(match: re.Match[str]) -> str:
        digits: str | None = match[2]
        if digits is not None:
            code = int(digits, 16)
            if code <= _LAST and code not in _SURROGATES:
                return chr(code)
        elif match[1] in _PLAIN:
            return _PLAIN[match[1]]
        if len(wrong) < _MOST_WRONG:
            wrong.append((match.start(), match[0]))
        return match[0]

    # The quotes stay on while escapes are read, so that offsets count from the start of the literal.
    return _ESCAPE.sub(resolve, literal)[1:-1], wrong


def shortened(text: str, most: int = 40) -> str:
    """The text of a message: a long one is cut."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def documentation(block: str) -> str:
    """The Markdown text of a `##` block: without the signs and one blank behind each."""
    return "\n".join(line.strip().removeprefix("##").removeprefix(" ") for line in block.split("\n"))
