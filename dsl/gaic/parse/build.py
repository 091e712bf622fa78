"""Build the parse table from the grammar: `python -m gaic.parse.build` writes `table.json`.

The table is data that is shipped, since building it takes ten times as long as reading a model, and because Lark's
own cache is a pickle in a folder that everyone may write to.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaic.parse.newlines import NewlineFilter
from gaic.parse.words import word_terminals

if TYPE_CHECKING:
    from lark import Lark

HERE = Path(__file__).parent
_SHIFT = 0


def grammar_text() -> str:
    """The whole grammar: `grammar.lark` with the terminals that are made from the table of words."""
    return (HERE / "grammar.lark").read_text(encoding="utf-8") + "\n" + word_terminals()


def build_parser(*, strict: bool) -> Lark:
    """The parser, built from the grammar; `strict` also proves that no two terminals match one text."""
    from lark import Lark

    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        strict=strict,
        keep_all_tokens=True,
        maybe_placeholders=True,
        postlex=NewlineFilter(),
    )


def table_text(parser: Lark) -> str:
    """The parse table as JSON, equal for equal grammars whatever the hash seed."""
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    data: dict[str, Any]
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] |= {"postlex": None, "strict": False}
    data["parser"]["parser"] = _renumbered(data["parser"]["parser"])
    return json.dumps({"data": data, "memo": memo}, separators=(",", ":")) + "\n"


def _renumbered(table: dict[str, Any]) -> dict[str, Any]:
    """The table with symbols in order of name and states in the order in which they are met from the start."""
    names = table["tokens"]
    symbols = {name: number for number, name in enumerate(sorted(names.values()))}
    states = {
        state: sorted((symbols[names[token]], action) for token, action in row.items())
        for state, row in table["states"].items()
    }
    start, end = table["start_states"]["start"], table["end_states"]["start"]
    numbers = {start: 0}
    queue = [start]
    for state in queue:
        for _symbol, (action, target) in states[state]:
            if action == _SHIFT and target not in numbers:
                numbers[target] = len(numbers)
                queue.append(target)
    return {
        "tokens": {number: name for name, number in symbols.items()},
        "states": {
            numbers[state]: {
                symbol: (action, numbers[target] if action == _SHIFT else target)
                for symbol, (action, target) in states[state]
            }
            for state in queue
        },
        "start_states": {"start": numbers[start]},
        "end_states": {"start": numbers[end]},
    }


def main() -> None:
    """Write the table beside the grammar."""
    (HERE / "table.json").write_text(table_text(build_parser(strict=True)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
