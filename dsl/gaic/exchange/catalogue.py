"""Entries of the library's catalogues, found by the words that another tool uses for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gaic.exchange.document import shown
from gaic.exchange.faults import StrangeValueError
from gaic.exchange.names import slug
from gaic.load.bundle import library_file, parse_library
from gaic.load.library import find_library
from gaic.syntax.declarations import Object

if TYPE_CHECKING:
    from collections.abc import Mapping


def find_entry(module: str, words: Mapping[str, str], label: str, instead: str = "") -> str:
    """The path of the object with a label, else with the name that it gives, in a module; its name holds `{words}`.

    Raises `StrangeValueError`, which says what to write `instead`.
    """
    name = module.format(**{key: slug(word) for key, word in words.items()})
    entries = _entries(name)
    found = entries.get(label) or next((each for each in entries.values() if each == slug(label)), None)
    if found is None:
        raise StrangeValueError(f"the library has no {shown(label)} in {name}" + (f": {instead}" if instead else ""))
    return f"{name}.{found}"


@cache
def _entries(module: str) -> Mapping[str, str]:
    """Names of the objects of a module by label; a module that is not there has none."""
    library = find_library()
    path = library_file(library, module)
    if not path.is_file():
        return {}
    tree, _ = parse_library(path, "stdlib/" + path.relative_to(library).as_posix())
    found = [item for item in tree.items if isinstance(item, Object) and item.label is not None]
    return {item.label.value: item.name.text for item in found if item.label is not None}
