"""A small tree of markup: tags and attributes are ours, every text in it is escaped when it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from gaic.report.words import make_visible

Attributes = tuple[tuple[str, str], ...]

# What stands above or below the line is written smaller.
_SCRIPT = 0.7
# Signs without room around them.
_TIGHT = frozenset((sign,) for sign in "()[]{}|⌈⌉⌊⌋.")
_SCRIPTED = frozenset({"msub", "msup", "munder"})


@dataclass(frozen=True, slots=True)
class Node:
    """An element with what is inside it: texts and elements in order. `width` is about how many characters it takes."""

    tag: str
    inside: tuple[Node | str, ...] = ()
    attributes: Attributes = ()
    width: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        widths = [len(part) if isinstance(part, str) else part.width for part in self.inside]
        tight = self.tag == "mo" and self.inside[:1] in _TIGHT
        object.__setattr__(self, "width", sum(widths) if tight else _add_up(self.tag, widths))

    def __str__(self) -> str:
        """The element as text: well-formed both as XML and in a page."""
        written: list[str] = []
        # The ends of open elements wait among what is still to be written, so that depth costs no frames.
        waiting: list[Node | str | tuple[str]] = [self]
        while waiting:
            match waiting.pop():
                case Node(tag, inside, attributes):
                    shown = "".join(f' {name}="{escape(make_visible(value))}"' for name, value in attributes)
                    written.append(f"<{tag}{shown}>")
                    waiting += [(tag,), *reversed(inside)]
                case str(text):
                    written.append(escape(make_visible(text), quote=False))
                case (tag,):
                    written.append(f"</{tag}>")
        return "".join(written)

    def __html__(self) -> str:
        """What a template writes: the element as it is, escaped already."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Written:
    """An element that was written already."""

    text: str

    def __html__(self) -> str:
        """What a template writes: the element as it is, escaped already."""
        return self.text


def _add_up(tag: str, widths: list[float]) -> float:
    match tag:
        case "mfrac" | "mtable":
            return max(widths, default=0)
        case "munder":
            return max(widths[0], _SCRIPT * widths[1])
        case "mo" | "mtd":
            return sum(widths) + 1
        case scripted if scripted in _SCRIPTED:
            return widths[0] + _SCRIPT * sum(widths[1:])
        case _:
            return sum(widths)
