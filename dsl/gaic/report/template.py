"""The one place where templates and what stands beside them are read, and where texts are escaped."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from gaic.report.words import make_visible

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES = (
    "assumptions.html",
    "base.html",
    "file.html",
    "files.html",
    "frame.html",
    "index.html",
    "object.html",
    "over_time.html",
    "parts.html",
    "quality.html",
    "reference/base.html",
    "reference/file.html",
    "reference/functions.html",
    "reference/index.html",
    "reference/kind.html",
    "reference/module.html",
    "reference/parts.html",
    "reference/sources.html",
    "reference/totals.html",
    "reference/units.html",
    "registers.html",
    "scope.html",
    "rests.html",
    "section.html",
    "sources.html",
    "working.html",
    "summary/findings.html",
    "summary/first.html",
    "summary/levers.html",
    "summary/made.html",
    "summary/objects.html",
    "summary/time.html",
)


def find_template(name: str) -> Template:
    """A compiled template."""
    return _environment().get_template(name)


def read_asset(folder: str, name: str) -> str:
    """The text of a file that is shipped with the pages."""
    return resources.files("gaic.report").joinpath(folder, name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    """The compiled templates: every text is escaped, a name that is not there is an error."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    return Environment(
        autoescape=True,
        finalize=_finalize,
        keep_trailing_newline=True,
        loader=DictLoader({name: read_asset("templates", name) for name in TEMPLATES}),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )


def _finalize(value: object) -> object:
    """Make characters visible that would act unseen; markup that a template made itself passes as it is."""
    return make_visible(value) if type(value) is str else value
