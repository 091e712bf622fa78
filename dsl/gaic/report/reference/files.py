"""The files themselves, line by line, so that every place has an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report.listing import cut_code
from gaic.report.reference.places import LINES_OF_PAGE, Link, page_of_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.report.listing import Piece
    from gaic.report.reference.places import Guide
    from gaic.source.text import SourceFile

# A longer line is cut: nobody reads it to its end.
LONGEST_LINE = 1000


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page of a file: its lines from `first` on, and the other pages of the same file."""

    address: str
    name: str
    module: Link
    first: int
    last: int
    lines: tuple[tuple[Piece, ...], ...]
    parts: tuple[Link, ...]
    part: int


def build_file_pages(guide: Guide) -> Iterator[FilePage]:
    """The pages of every file, in the order of the modules."""
    for module in guide.survey.bundle.modules.values():
        yield from _cut_file(guide, module.tree.file, guide.module(module))


def _cut_file(guide: Guide, file: SourceFile, module: Link) -> Iterator[FilePage]:
    lines = file.text.split("\n")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    starts = range(0, len(lines), LINES_OF_PAGE)
    parts = tuple(
        Link(f"{start + 1} to {min(start + LINES_OF_PAGE, len(lines))}", guide.here + page_of_file(file, number))
        for number, start in enumerate(starts, start=1)
    )
    for number, start in enumerate(starts, start=1):
        shown = lines[start : start + LINES_OF_PAGE]
        yield FilePage(
            address=page_of_file(file, number),
            name=file.name,
            module=module,
            first=start + 1,
            last=start + len(shown),
            lines=tuple(cut_code(line, LONGEST_LINE) for line in shown),
            parts=parts if len(parts) > 1 else (),
            part=number,
        )
