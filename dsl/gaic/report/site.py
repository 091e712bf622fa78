"""The site: every file of it as text, from what is known of a model. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.report import addresses, charts, flow
from gaic.report.facts import gather_facts
from gaic.report.files import build_file_pages, list_files
from gaic.report.fitting import fit_page
from gaic.report.pages import build_object_page
from gaic.report.search import list_addresses, write_index
from gaic.report.series_files import choose_files, write_files
from gaic.report.summary import summarize
from gaic.report.template import find_template, read_asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.check.program import Study
    from gaic.evaluate.account import ObjectAccount
    from gaic.report.book import Book, Sensitivity, SiteHead
    from gaic.report.facts import Facts
    from gaic.report.files import Listed
    from gaic.study.influence import Influences

ASSETS = ("style.css", "site.js")

# What a reader needs to know of a study; what the model does not say of it is shown as not supplied.
STUDY_FIELDS = (
    "goal",
    "audience",
    "functional_unit",
    "delivered",
    "period",
    "timezone",
    "as_of",
    "electricity",
    "included",
    "left_out",
    "cut_off",
    "author",
    "reviewer",
)

# The frame that `charts` counts in, for the templates that draw it.
FRAME = {
    "width": charts.WIDTH,
    "height": charts.HEIGHT,
    "left": charts.LEFT,
    "right": charts.WIDTH - charts.RIGHT,
    "bottom": charts.HEIGHT - charts.BOTTOM,
}


def render_site(
    book: Book,
    head: SiteHead,
    influences: Influences | None = None,
    sensitivity: Sensitivity | None = None,
    *,
    hours: bool = False,
) -> Iterator[tuple[str, str]]:
    """Give every file of the site as (path relative to its root with `/`, text); `index.html` is the last.

    `influences` are those of the whole model, `sensitivity` knows what each value rests on; without them pages say that
    nothing was measured. Series have tables of their days, and of their hours where these are wanted.
    """
    facts = choose_files(gather_facts(book, sensitivity), hours=hours)
    files = list_files(facts, head)
    for name in ASSETS:
        yield name, read_asset("static", name)
    yield "search.js", write_index(list_addresses(facts, files, head))
    for object_ in facts.objects:
        text = _render_object(facts, object_, head)
        yield addresses.page_of(object_.path), text
        yield from write_files(facts, object_.nodes, text)
    yield from _render_files(files, head)
    yield from _render_registers(facts, files, head, influences)
    yield "index.html", _render_index(facts, head, influences)


def _render_object(facts: Facts, object_: ObjectAccount, head: SiteHead) -> str:
    template = find_template("object.html")

    def render(squeeze: float) -> str:
        return template.render(page=build_object_page(facts, object_, squeeze), head=head, root="../", frame=FRAME)

    return fit_page(render, len(facts.pointers))


def _render_files(files: Iterable[Listed], head: SiteHead) -> Iterator[tuple[str, str]]:
    template = find_template("file.html")
    for listed in files:
        for page in build_file_pages(listed):
            yield page.part.href, template.render(page=page, head=head, root="../")


def _render_registers(
    facts: Facts, files: tuple[Listed, ...], head: SiteHead, influences: Influences | None
) -> Iterator[tuple[str, str]]:
    from gaic.report.registers.pages import gather_registers  # what measures a model needs numpy

    for name, page in gather_registers(facts, files, head, influences, list_study(head.study, facts)):
        yield name, find_template(name).render(head=head, root="", **page)


def list_study(study: Study, facts: Facts) -> tuple[tuple[str, str | None], ...]:
    """The fields of a study in words, numbers with what they come to; None where the model supplies nothing."""
    worth = {
        p.path.removeprefix(f"{study.name}."): p.shown.whole
        for p in facts.pointers.values()
        if p.path.startswith(f"{study.name}.")
    }
    names = (*STUDY_FIELDS, *(name for name in study.fields if name not in STUDY_FIELDS))
    return tuple(
        (name.replace("_", " ").capitalize(), _tell_field(study.fields.get(name), worth.get(name))) for name in names
    )


def _tell_field(written: str | None, worth: str | None) -> str | None:
    if written is None or worth is None or written == worth:
        return written
    return f"{worth} = {written}"


def _render_index(facts: Facts, head: SiteHead, influences: Influences | None) -> str:
    return find_template("index.html").render(
        head=head,
        root="",
        frame=FRAME,
        flow_width=flow.WIDTH,
        summary=summarize(facts, head, influences),
        study=list_study(head.study, facts),
    )
