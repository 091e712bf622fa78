"""How large a site may be: an object's page stays quick to load and to lay out, whatever the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report.site import ASSETS
from tests.site.building import SITES

if TYPE_CHECKING:
    from tests.site.building import Sites

pytestmark = pytest.mark.xdist_group("sites")

MOST_BYTES = 250_000
MOST_ELEMENTS = 8_000
MOST_OWN_BYTES = 40_000
MOST_COLUMNS = 360


@pytest.mark.parametrize("name", SITES)
def test_object_pages_keep_to_their_size(sites: Sites, name: str) -> None:
    pages = [page for page in sites(name).pages.values() if page.name.startswith("objects/")]
    assert {page.name: page.size for page in pages if page.size > MOST_BYTES} == {}
    assert {page.name: page.count for page in pages if page.count > MOST_ELEMENTS} == {}


def test_no_object_page_is_left_out_for_its_size(sites: Sites) -> None:
    """Of many pages some stand for all: the largest are among them."""
    folder = sites("wide").folder
    sizes = sorted(path.stat().st_size for path in (folder / "objects").iterdir())
    assert {page.size for page in sites("wide").pages.values()} >= set(sizes[-3:])


@pytest.mark.parametrize("name", SITES)
def test_style_and_script_of_a_site_are_small(sites: Sites, name: str) -> None:
    folder = sites(name).folder
    own = {path.name: path.stat().st_size for path in folder.rglob("*") if path.suffix in (".css", ".js")}
    assert own.keys() == {*ASSETS, "search.js"}
    assert sum(size for name, size in own.items() if name != "search.js") <= MOST_OWN_BYTES


@pytest.mark.parametrize("name", SITES)
def test_no_series_is_written_out_hour_by_hour(sites: Sites, name: str) -> None:
    """A line of a chart has a few points for each of at most 360 columns, a row of numbers far fewer."""
    for page in sites(name).pages.values():
        for element in page.root.iter():
            text = element.attrib.get("d", "") + element.attrib.get("points", "")
            assert sum(map(text.count, "LHVCMlhvcm ,")) <= 8 * MOST_COLUMNS, page.name
