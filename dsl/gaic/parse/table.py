"""The parser, made from the parse table that is shipped."""

from __future__ import annotations

import json
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

from gaic.parse.words import without_ways_back

if TYPE_CHECKING:
    from lark import Lark

    from gaic.parse.newlines import NewlineFilter


def load_parser(newlines: NewlineFilter, builder: object) -> Lark:
    """The parser with its filter of line ends; the methods of `builder` are called as rules are recognised."""
    from lark import Lark

    table: dict[str, Any] = json.loads(get_data("gaic.parse", "table.json") or b"")
    for entry in table["memo"].values():
        if "pattern" in entry:
            entry["pattern"]["value"] = without_ways_back(entry["pattern"]["value"])
    memo = {int(number): entry for number, entry in table["memo"].items()}
    states = table["data"]["parser"]["parser"]
    states["states"] = {int(number): row for number, row in states["states"].items()}
    parser: Lark = Lark._load_from_dict(table["data"], memo, postlex=newlines, transformer=builder)  # type: ignore[no-untyped-call]  # noqa: SLF001 - the one way in without pickle; Lark is pinned
    return parser
