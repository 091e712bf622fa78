"""The pages of the worked models against the graph that was evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.evaluate.account import HourlyValue
from gaic.report.facts import find_address
from gaic.report.site import render_site
from gaic.study.rests import Sensitivity
from tests.unit.report.markup import broken_links, read_graphs, read_page
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["genai_job", "support_assistant"])
def ledger(request: pytest.FixtureRequest, repository: Path) -> Ledger:
    outcome = compile_model(repository / "models" / f"{request.param}.gai")
    assert outcome.ledger is not None
    return outcome.ledger


@pytest.fixture(scope="module")
def site(ledger: Ledger) -> dict[str, str]:
    return dict(render_site(ledger, make_head(), sensitivity=Sensitivity(ledger)))


def test_every_drawn_graph_has_exactly_the_true_edges_among_its_values(ledger: Ledger, site: dict[str, str]) -> None:
    nodes = [node for object_ in ledger.objects() for node in object_.nodes]
    addresses = {node: find_address(ledger.account(node)) for node in nodes}
    read = {addresses[node]: {addresses[d] for d in ledger.depends_on(node)} for node in nodes}
    graphs = [graph for text in site.values() for graph in read_graphs(text)]
    explained = {graph.boxes[0] for graph in graphs}
    attributes = {
        addresses[n].partition(".html#")[::2] for n in nodes if ledger.depends_on(n) and _has_section(ledger, n)
    }
    assert {(path, anchor.partition(".")[0]) for path, anchor in attributes} == {
        (path, anchor.partition(".")[0]) for path, anchor in (a.partition(".html#")[::2] for a in explained)
    }
    for graph in graphs:
        drawn = set(graph.boxes)
        assert 1 < len(drawn) == len(graph.boxes) <= 30
        assert graph.edges == {(source, target) for target in drawn for source in read[target] & drawn}


def test_every_link_leads_somewhere(site: dict[str, str]) -> None:
    pages = {name: read_page(text) for name, text in site.items() if name.endswith(".html")}
    for name, page in pages.items():
        assert page.balanced, name
        assert len(page.ids) == len(set(page.ids)), name
    assert broken_links(pages, site) == []


def _has_section(ledger: Ledger, node: int) -> bool:
    """Calculated values and series have a section, of a table at least the first member."""
    account = ledger.account(node)
    return account.role == "calculated" or isinstance(account.value, HourlyValue)
