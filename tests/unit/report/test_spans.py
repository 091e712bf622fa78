from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from gaic.report.spans import MOST_MONTHS, MOST_YEARS, cut_evenly, cut_months, cut_years


def hour(year: int, month: int, day: int, of_day: int = 0) -> int:
    return (datetime(year, month, day, of_day, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(hours=1)


def test_years_begin_on_the_clock_of_the_zone() -> None:
    first = hour(2024, 12, 31, 23)
    spans = cut_years(first, hour(2027, 12, 31, 23), "Europe/Paris")
    assert spans.names == ("2025", "2026", "2027")
    assert spans.edges == (first, hour(2025, 12, 31, 23), hour(2026, 12, 31, 23), hour(2027, 12, 31, 23))


def test_months_follow_the_change_of_the_clock() -> None:
    spans = cut_months(hour(2026, 2, 28, 23), hour(2026, 4, 30, 22), "Europe/Paris")
    assert spans.names == ("2026-03", "2026-04")
    assert spans.edges[1] == hour(2026, 3, 31, 22)


def test_a_month_of_a_zone_off_by_half_an_hour_begins_with_the_hour_of_its_first_moment() -> None:
    spans = cut_months(hour(2026, 1, 15), hour(2026, 2, 15), "Asia/Kolkata")
    assert spans == type(spans)(("2026-01", "2026-02"), (hour(2026, 1, 15), hour(2026, 1, 31, 18), hour(2026, 2, 15)))


def test_a_part_of_a_year_is_one_span() -> None:
    spans = cut_years(hour(2026, 5, 1), hour(2026, 5, 1) + 1, "UTC")
    assert (spans.names, spans.edges) == (("2026",), (hour(2026, 5, 1), hour(2026, 5, 1) + 1))


def test_spans_beyond_the_most_are_one() -> None:
    years = cut_years(hour(1900, 1, 1), hour(2000, 1, 1), "UTC")
    assert len(years.names) == MOST_YEARS
    assert (years.names[-2:], years.edges[-1]) == (("1958", "from 1959"), hour(2000, 1, 1))
    assert years.edges[-2] == hour(1959, 1, 1)
    months = cut_months(hour(1900, 1, 1), hour(2000, 1, 1), "UTC")
    assert (len(months.names), months.names[-1]) == (MOST_MONTHS, "from 1909-12")


def test_the_ends_of_the_calendar() -> None:
    first, last = hour(1, 1, 1), hour(9999, 12, 31, 23)
    for zone in ("UTC", "Europe/Paris", "America/New_York"):
        assert cut_years(first, first + 48, zone).edges[-1] == first + 48
        assert cut_months(last - 48, last, zone).names[-1] == "9999-12"
        assert cut_years(first, last, zone).edges[0] == first


@pytest.mark.parametrize(
    ("hours", "wide"),
    [(3, 1), (360, 1), (361, 2), (8760, 168), (26304, 168), (60480, 168), (60481, 336), (10**6, 2856)],
)
def test_columns_are_few_and_of_whole_days_or_weeks(hours: int, wide: int) -> None:
    edges = cut_evenly(7, 7 + hours)
    assert (edges[0], edges[-1]) == (7, 7 + hours)
    assert len(edges) - 1 <= 360
    lengths = [behind - begin for begin, behind in itertools.pairwise(edges)]
    assert set(lengths[:-1]) <= {wide}
    assert wide / 2 <= lengths[-1] < 1.5 * wide
