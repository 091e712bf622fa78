"""The reading of drawings itself: a checker that sees nothing would let everything pass."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from tests.site.building import SVG, ReadPage
from tests.site.geometry import Box, trace_path
from tests.site.test_graphs import drawings_of
from tests.site.test_sums import find_unbalanced

BOX = Box(10, 10, 50, 30)


@pytest.mark.parametrize(
    ("path", "last"),
    [
        ("M0 0L10 20", (10, 20)),
        ("M1 2h3v4", (4, 6)),
        ("M1 2H3V4", (3, 4)),
        ("M0 0C10 0 10 20 20 20H30", (30, 20)),
        ("M0 0c10 0 10 20 20 20l-5-5", (15, 15)),
        ("M5 5Q10 5 10 10Z", (5, 5)),
        ("M1.5-2 3 4", (3, 4)),
    ],
)
def test_paths_end_where_they_say(path: str, last: tuple[float, float]) -> None:
    assert trace_path(path)[-1] == pytest.approx(last)


def test_a_curve_is_followed_between_its_ends() -> None:
    assert any(x == pytest.approx(10) and y == pytest.approx(10) for x, y in trace_path("M0 0C10 0 10 20 20 20"))


def test_boxes_that_touch_do_not_overlap() -> None:
    assert not BOX.overlaps(Box(50, 10, 60, 30))
    assert BOX.overlaps(Box(49, 29, 60, 40))


def test_a_line_through_a_box_is_noticed() -> None:
    assert any(BOX.holds(point, 1) for point in trace_path("M0 20H60"))
    assert not any(BOX.holds(point, 1) for point in trace_path("M0 10H60"))
    assert BOX.distance((53, 34)) == 5


def test_moves_of_the_groups_around_a_box_count() -> None:
    tiles = "".join(
        f'<a transform="translate(10 {down})" href="{href}"><rect x="-3" width="6" height="4"/></a>'
        for down, href in ((20, "a.html#b"), (40, "#c"))
    )
    arrow = '<path d="M18 22L12 42" data-e="0 1"/>'
    text = f'<svg xmlns="{SVG[1:-1]}"><g transform="translate(5)">{arrow}{tiles}</g></svg>'
    page = ReadPage("objects/o.html", 0, fromstring(f"<body>{text}</body>"), ())
    (drawing,) = drawings_of(page, {"objects/a.html#b": "a.b", "objects/o.html#c": "o.c"})
    assert drawing.boxes == {"a.b": Box(12, 20, 18, 24), "o.c": Box(12, 40, 18, 44)}
    assert drawing.lines.keys() == {("a.b", "o.c")}
    assert drawing.value == "o.c"


def test_a_flow_that_loses_something_is_noticed() -> None:
    flows = {("a", "b"): 2.0, ("c", "b"): 1.0, ("b", "d"): 3.0}
    assert find_unbalanced(flows) == []
    assert find_unbalanced({**flows, ("b", "d"): 2.9}) == ["b"]
