"""Where everything that a reference explains has its page and its anchor, and where each line of a file is shown.

Addresses count from the root of the site; `Guide.here` is the way from a page to that root.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.meanings import Sort
from gaic.load.bundle import is_library
from gaic.report.addresses import slug_of, slug_of_file
from gaic.report.printed import WORD, spell_units
from gaic.units.dimension import NUMBER_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gaic.check.meanings import Meaning
    from gaic.check.survey import Survey
    from gaic.load.bundle import LoadedModule
    from gaic.source.text import SourceFile, Span
    from gaic.syntax.expressions import Name

OVERVIEW, UNITS, FUNCTIONS, TOTALS, SOURCES = (
    f"{name}.html" for name in ("index", "units", "functions", "totals", "sources")
)

# A page of a file shows so many lines; a longer file has several pages.
LINES_OF_PAGE = 1500


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; `href` counts from the page that shows it and is empty where it leads nowhere."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: how it is printed, and where it is shown."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Finds addresses, seen from the pages of one folder.

    `values` are the addresses of objects, constants and words by path; `long` are kinds that are named
    with their module, because a nearer one has their name.
    """

    survey: Survey
    units: Mapping[str, str]
    values: Mapping[str, str]
    long: frozenset[str]
    here: str

    def spell(self, text: str) -> str:
        """A text with its units as pages print them."""
        return WORD.sub(lambda word: self.units.get(word[0], word[0]), text)

    def kind(self, kind: str) -> Link:
        """The page of a kind."""
        raw = self.survey.kinds[kind]
        return Link(raw.shown, self.here + page_of_kind(self.survey, kind))

    def kind_among(self, kind: str) -> Link:
        """The page of a kind; with its module where a nearer kind has its name."""
        raw, link = self.survey.kinds[kind], self.kind(kind)
        return Link(f"{raw.module.prefix}{raw.shown}", link.href) if kind in self.long else link

    def attribute(self, meaning: Meaning, of: str = "") -> Link:
        """The place of an attribute; its kind is named unless it is `of`."""
        kind = self.kind_among(meaning.owner)
        text = meaning.name if meaning.owner == of else f"{kind.text}.{meaning.name}"
        return Link(text, f"{kind.href}#{self.anchor(meaning)}")

    def anchor(self, meaning: Meaning) -> str:
        """The anchor of an attribute, or of an assertion, which has names of its own."""
        raw = self.survey.kinds[meaning.owner]
        is_assertion = meaning.name in raw.asserts and meaning.name not in raw.entries
        return f"assert-{meaning.name}" if is_assertion else meaning.name

    def meaning(self, meaning: Meaning) -> Link:
        """The place of whatever a name stands for."""
        match meaning.sort:
            case Sort.ATTRIBUTE:
                return self.attribute(meaning)
            case Sort.KIND:
                return self.kind(meaning.name)
            case Sort.TYPE if meaning.name == NUMBER_NAME:  # nobody declares it
                return Link(meaning.name)
            case Sort.TYPE:
                return Link(meaning.name, f"{self.here}{UNITS}#{meaning.name}")
            case Sort.FUNCTION:
                return Link(meaning.name, f"{self.here}{FUNCTIONS}#{meaning.name}")
            case Sort.VALUE:
                address = self.values.get(meaning.name)
                return Link(meaning.name, self.here + address if address else "")

    def name(self, name: Name) -> str | None:
        """Where a name in an expression leads; None if it stands for nothing that has a place."""
        meaning = self.survey.meanings.get(name.span)
        return (self.meaning(meaning).href or None) if meaning is not None else None

    def line(self, span: Span) -> Line:
        """Where the first line of a place is shown."""
        return Line(f"{span.file.name}:{span.line}", self.here + address_of_line(span.file, span.line))

    def module(self, module: LoadedModule) -> Link:
        """The page of a module."""
        return Link(module.name, self.here + page_of_module(module))


def make_guide(survey: Survey, values: Mapping[str, str], here: str) -> Guide:
    """A guide for the pages of a folder."""
    return Guide(survey, spell_units(survey.system), values, frozenset(_find_long(survey)), here)


def _find_long(survey: Survey) -> Iterator[str]:
    """Kinds that a model does not reach by their bare names: one of the project, or an earlier one, comes first."""
    own = {raw.shown for raw in survey.kinds.values() if not raw.module.library}
    for name, raw in survey.kinds.items():
        if name != raw.shown or (raw.module.library and raw.shown in own):
            yield name


def page_of_kind(survey: Survey, kind: str) -> str:
    """Address of the page of a kind: kinds of a project have a folder of their own, so that no two can meet."""
    raw = survey.kinds[kind]
    folder = "kinds" if raw.module.library else "own"
    return f"{folder}/{slug_of(raw.module.prefix + raw.shown)}.html"


def page_of_module(module: LoadedModule) -> str:
    """Address of the page of a module."""
    return f"modules/{slug_of(module.name)}.html"


def page_of_file(file: SourceFile, part: int) -> str:
    """Address of a page of a file; `part` counts from 1."""
    slug = slug_of_file(file.name, shipped=is_shipped(file))
    return f"source/{slug}{f'-{part}' if part > 1 else ''}.html"


def is_shipped(file: SourceFile) -> bool:
    """Say whether a file belongs to the library."""
    return file.origin.value == "library"


def address_of_line(file: SourceFile, line: int) -> str:
    """Where a line of a file is shown."""
    return f"{page_of_file(file, (line - 1) // LINES_OF_PAGE + 1)}#L{line}"


def is_shown(survey: Survey, module: LoadedModule) -> bool:
    """Say whether all objects of a file are entries of a catalogue: the library's, and those that a model imports."""
    return is_library(module.name) or module.name != survey.bundle.root
