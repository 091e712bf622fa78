"""The reference of the library, or of a project with it: what `gaic doc` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic import __version__
from gaic.check.survey import survey_bundle
from gaic.load.bundle import load_reference
from gaic.load.library import hash_library
from gaic.report.reference.site import ReferenceHead, render_reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gaic.api.directory import Content
    from gaic.source.limits import Limits

LIBRARY_TITLE = "Standard library"


def reference_files(file: Path | None, limits: Limits) -> Iterator[tuple[str, Content]]:
    """Every file of a reference: path relative to its directory, and what is in it; each is made when asked for.

    `file` is a model that passed the check, or None for the library alone.
    """
    bundle, _ = load_reference(file, limits)
    own = bundle.modules[bundle.root]
    head = ReferenceHead(
        title=LIBRARY_TITLE if own.library else own.name.removesuffix(".gai"),
        file="" if own.library else own.name,
        gaic=__version__,
        library=__version__,
        library_sha256=hash_library(),
    )
    yield from render_reference(survey_bundle(bundle), head)
