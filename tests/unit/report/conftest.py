"""The example and its site, made once: neither is changed by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report.facts import gather_facts
from gaic.report.site import render_site
from tests.unit.report.example import make_book
from tests.unit.report.fake_sensitivity import make_sensitivity
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from gaic.report.facts import Facts
    from tests.unit.report.fake_ledger import FakeBook


@pytest.fixture(scope="session")
def book() -> FakeBook:
    return make_book()


@pytest.fixture(scope="session")
def facts(book: FakeBook) -> Facts:
    return gather_facts(book, make_sensitivity(book))


@pytest.fixture(scope="session")
def site(book: FakeBook) -> dict[str, str]:
    return dict(render_site(book, make_head(), sensitivity=make_sensitivity(book)))
