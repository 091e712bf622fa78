"""Pages stay small, however much an object has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.report.fitting import MOST_BYTES, MOST_ELEMENTS, ROOMY_SITE, SQUEEZES, count_elements, fit_page, is_small
from gaic.report.site import render_site
from tests.programs import write_program
from tests.unit.report.markup import broken_links, read_page
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from pathlib import Path


def write_wide_world(attributes: int, members: int, readers: int) -> str:
    """A thing with many attributes of its own, some with a value per member, that many others refer to."""
    calculated = "\n".join(f"  calc size_{i} : Ratio = size_{i - 1} * 1.01 + extra" for i in range(1, attributes))
    parts = "\n".join(f"part p{i} {{ size = {i + 1} }}" for i in range(members))
    users = "\n".join(f"user u{i} {{ thing = wide }}" for i in range(readers))
    return f"""
kind part {{ input size : Ratio }}
kind user {{ ref thing : whole; calc half : Ratio = thing.size_1 / 2 }}
kind whole {{
  ref parts : [part]
  input extra : Ratio = 1
  calc size_0 : Ratio = sum(p.size for p in parts)
{calculated}
  calc share[p in parts] : Ratio = p.size / size_0
  calc double[p in parts] : Ratio = share[p] * 2
}}
{parts}
whole wide {{ parts = [{", ".join(f"p{i}" for i in range(members))}] }}
{users}
"""


@pytest.mark.slow
@pytest.mark.parametrize(("attributes", "members", "readers"), [(60, 200, 400), (300, 5, 5), (3, 600, 3)])
def test_a_wide_object_keeps_its_budget_and_its_addresses(
    attributes: int, members: int, readers: int, tmp_path: Path
) -> None:
    outcome = compile_model(write_program(tmp_path, write_wide_world(attributes, members, readers)))
    assert outcome.ledger is not None, outcome.diagnostics
    site = dict(render_site(outcome.ledger, make_head()))
    for name, text in site.items():
        if name.startswith("objects/"):
            assert len(text.encode()) <= MOST_BYTES, name
            assert count_elements(text) <= MOST_ELEMENTS, name
    pages = {name: read_page(text) for name, text in site.items() if name.endswith(".html")}
    assert broken_links(pages, site) == []
    assert count_elements(site["objects/wide.html"]) == len(pages["objects/wide.html"].elements)
    wanted = {f"size_{i}" for i in range(attributes)} | {"share", "double", "share.p3"}
    assert wanted <= set(pages["objects/wide.html"].ids)


def test_the_fullest_page_that_fits_is_taken() -> None:
    tried: list[float] = []

    def render(squeeze: float) -> str:
        tried.append(squeeze)
        return "x" * int(3 * MOST_BYTES / squeeze)

    assert is_small(fit_page(render, 1))
    assert tried == [squeeze for squeeze in SQUEEZES if squeeze < 3] + [next(s for s in SQUEEZES if s >= 3)]


def test_a_page_that_never_fits_is_written_with_least() -> None:
    assert fit_page(lambda squeeze: f"{squeeze}" + "x" * MOST_BYTES, 1).startswith(str(SQUEEZES[-1]))


def test_pages_of_a_large_site_are_taken_to_be_crowded() -> None:
    assert fit_page(str, ROOMY_SITE) == "1.0"
    assert fit_page(str, 16 * ROOMY_SITE) == "8.0"
