"""One line per case: attributes compared, how far the worst are off, and what is not as expected."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conformance.attribution import compare_attribution
from tests.conformance.cases import NAMES, read_case
from tests.conformance.compare import compare
from tests.conformance.importing import import_file
from tests.conformance.totals import compare_totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.conformance.cases import Case
    from tests.conformance.compare import Comparison

HEAD = "case                                   compared  absent  wrong  number   hour     stock    sum      seconds"


def compare_case(case: Case, path: Path, folder: Path) -> Comparison:
    """Import a file of a case, evaluate it and compare everything."""
    comparison = compare(case, import_file(path, folder))
    compare_totals(comparison)
    return comparison


def report(names: Iterable[str] = NAMES, *, attribution: bool = False) -> int:
    """Print the report; 1 if anything is not as expected. `attribution` adds, for information, who causes how much."""
    names = tuple(names) or NAMES
    failed = False
    sys.stdout.write(f"{HEAD}\n")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            text, passed = _report_case(name, Path(folder) / name)
            sys.stdout.write(text)
            if attribution:
                _report_attribution(name, Path(folder) / f"{name}_attribution")
            sys.stdout.flush()
            failed = failed or not passed
    return int(failed)


def _report_case(name: str, folder: Path) -> tuple[str, bool]:
    case, begin = read_case(name), time.perf_counter()
    try:
        comparison = compare_case(case, case.native, folder)
    except Exception as error:  # noqa: BLE001 - the other cases are reported all the same
        return f"{name:<38} {type(error).__name__}: {error}\n", False
    lines = [write_line(comparison, time.perf_counter() - begin)]
    lines += [f"    {finding}" for finding in comparison.findings]
    return "".join(f"{line}\n" for line in lines), not comparison.findings


def _report_attribution(name: str, folder: Path) -> None:
    found = compare_attribution(read_case(name), folder)
    if found is not None:
        sys.stdout.write(f"{found}\n")


def write_line(comparison: Comparison, seconds: float) -> str:
    """The line of a case."""
    absent = sum(finding.absent for finding in comparison.findings)
    wrong = len(comparison.findings) - absent
    worst = (comparison.number, comparison.hour, comparison.stock, comparison.sum)
    figures = "  ".join(f"{each!s:<7}" for each in worst)
    return f"{comparison.case.name:<38} {comparison.compared:>8} {absent:>7} {wrong:>6}  {figures}  {seconds:.1f}"
