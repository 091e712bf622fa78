from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report import pictures

if TYPE_CHECKING:
    from gaic.report.facts import Facts
    from tests.unit.report.fake_ledger import FakeBook


def test_a_picture_has_the_nearest_values_and_their_true_edges(book: FakeBook, facts: Facts) -> None:
    node = book.find("farm.use_footprint")
    ancestors = book.ancestors(node)
    picture = pictures.draw_picture(facts, node, ancestors, 8)
    drawn = (node, *ancestors[:7])
    assert [tile.pointer.node for tile in picture.tiles] == list(drawn)
    assert (picture.drawn, picture.total) == (7, 19)
    assert {(drawn[arrow.source], drawn[arrow.target]) for arrow in picture.arrows} == {
        (dependency, reader) for reader in drawn for dependency in book.edges[reader] if dependency in drawn
    }


def test_a_box_says_how_many_of_its_dependencies_are_not_drawn(book: FakeBook, facts: Facts) -> None:
    node = book.find("farm.use_footprint")
    picture = pictures.draw_picture(facts, node, book.ancestors(node), 5)
    load = next(tile for tile in picture.tiles if tile.pointer.path == "farm.load")
    assert [(caption.style, caption.text) for caption in load.captions] == [
        ("name", "load"),
        ("number", "mean 0.01148"),
        ("missing", "+ 3 not drawn"),
    ]
    assert load.height > load.captions[-1].y


def test_a_constant_by_itself_has_no_owner(book: FakeBook, facts: Facts) -> None:
    picture = pictures.draw_picture(facts, book.find("requests_per_ticket"), (), 5)
    assert [caption.text for caption in picture.tiles[0].captions] == ["requests_per_ticket", "3.2 req/ticket"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("short", ("short",)),
        ("hourly_avg_occurrences_per_usage_pattern[staff]", ("hourly_avg_occurrences_per_", "usage_pattern[staff]")),
        ("x" * 70, ("x" * 29, "x" * 29, "x" * 12)),
        ("x" * 200, ("x" * 29, "x" * 29, "x" * 28 + pictures.ELLIPSIS)),
    ],
)
def test_long_names_are_broken_where_words_end(name: str, lines: tuple[str, ...]) -> None:
    assert pictures.wrap_name(name) == lines


def test_a_long_owner_keeps_its_end() -> None:
    assert pictures.shorten_left("std.models.open_model", 11) == "…open_model"


def written(branches: tuple[pictures.Branch, ...]) -> list[pictures.Branch]:
    return [found for branch in branches for found in (branch, *written(branch.branches))]


def test_a_tree_writes_every_ancestor_once_and_names_it_after(book: FakeBook, facts: Facts) -> None:
    node = book.find("per_ticket.value")
    ancestors = book.ancestors(node)
    tree = pictures.grow_tree(facts, node, ancestors, 100)
    branches = written(tree.branches)
    first = [branch.pointer.node for branch in branches if not branch.again]
    assert sorted(first) == sorted(ancestors)
    assert len(first) == len(set(first)) == tree.written == tree.total
    marks = {branch.pointer.node: branch.mark for branch in branches if not branch.again}
    again = [branch for branch in branches if branch.again]
    assert again
    assert all(branch.mark and branch.mark == marks[branch.pointer.node] for branch in again)


def test_a_tree_that_is_cut_says_how_much_is_missing(book: FakeBook, facts: Facts) -> None:
    node = book.find("farm.use_footprint")
    tree = pictures.grow_tree(facts, node, book.ancestors(node), 4)
    assert (tree.written, tree.total) == (4, 19)
    assert [branch.hidden for branch in tree.branches] == [0, 0, 0, 3]
