"""What the audit site costs: `python -m bench.pages` prints a table and writes the same as JSON (see README.md)."""

from __future__ import annotations

import argparse
import gc
import html
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bench.models import write_model
from gaic.api.compile import build_model, compile_model
from gaic.api.site import site_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gaic.api.compile import Outcome

T = TypeVar("T")

ROUNDS = 5
SMALL = 300
LARGE = 10_000
FLAT = "{% for piece in pieces %}{{ piece }}{% endfor %}"
TAGS = re.compile(r"(<!--.*?-->|<[^<>]*>)", re.DOTALL)
TEXTS = (".html", ".js", ".css")
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its unit; `target` is the most that it should be, where there is such a promise."""

    name: str
    value: float
    unit: str
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """A process that has ended: seconds on the clock and on a processor, and the most memory that it had."""

    seconds: float
    worked: float
    megabytes: float


def measure_ratio(attributes: int, rounds: int, folder: Path) -> list[Line]:
    """The report of a model against one flat template that writes the same bytes, in turns."""
    model = _write(folder, attributes)
    outcome = build_model(model)
    pages = list(_render(outcome, model))
    flat = make_flat(pages)
    if "".join(flat()) != "".join(pages):
        sys.exit("the flat template writes other bytes than the report: the ratio would say nothing")
    report, plain = _time_in_turns((lambda: _render(outcome, model), flat), rounds)
    return [
        Line("attributes of the small model", _count(outcome), ""),
        Line("its pages", sum(len(page.encode()) for page in pages) / MEGABYTE, "MB"),
        Line("report", report, "s"),
        Line("one flat template, same bytes", plain, "s"),
        Line("report / flat template", report / plain, "", 6),
    ]


def make_flat(pages: Sequence[str]) -> Callable[[], list[str]]:
    """Write pages by one template without a decision: tags as they are, each text between them escaped."""
    from jinja2 import Environment
    from markupsafe import Markup

    template = Environment(autoescape=True).from_string(FLAT)
    cut = [[_make_piece(piece, Markup) for piece in TAGS.split(page) if piece] for page in pages]
    return lambda: [template.render(pieces=pieces) for pieces in cut]


def _make_piece(piece: str, markup: Callable[[str], str]) -> str:
    """A text as it was before it was escaped, if escaping gives it back; anything else as it stands."""
    from markupsafe import escape

    plain = html.unescape(piece)
    return plain if not piece.startswith("<") and str(escape(plain)) == piece else markup(piece)


def measure_parts(attributes: int, folder: Path) -> list[Line]:
    """A large model, stage by stage in one process."""
    model = _write(folder, attributes)
    outcome, checked = _time(lambda: compile_model(model))
    outcome, built = _time(lambda: build_model(model))
    ledger = outcome.ledger
    if ledger is None:
        sys.exit("the generated model has errors")
    spent: dict[str, float] = {}
    began = time.process_time()
    for name, _ in site_files(outcome, model, ledger):
        now = time.process_time()
        spent[_sort_of(name)] = spent.get(_sort_of(name), 0.0) + now - began
        began = now
    return [
        Line("attributes of the large model", _count(outcome), ""),
        Line("check and evaluate", checked, "s"),
        Line("what moves the totals", max(0.0, built - checked), "s"),
        *(Line(f"write {name}", seconds, "s") for name, seconds in spent.items()),
    ]


def measure_commands(attributes: int, folder: Path) -> list[Line]:
    """The command as a user runs it, in a process of its own, with and without evidence if it knows that word."""
    model = _write(folder, attributes)
    site = folder / "site"
    plain = run_build(model, "-o", site)
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / MEGABYTE
    lines = [
        Line("gaic build", plain.seconds, "s", 20),
        Line("gaic build, on a processor", plain.worked, "s"),
        Line("most memory", plain.megabytes, "MB"),
        Line("size of the site", size, "MB", 100),
        Line("largest object page", max(p.stat().st_size for p in site.glob("objects/*")) / 1000, "kB", 250),
    ]
    again = run_build(model, "-o", site)
    lines.append(Line("again, nothing changed, on a processor", again.worked, "s"))
    proven = run_build(model, "-o", folder / "proven", "--evidence")
    lines.append(Line("evidence besides, on a processor", max(0.0, proven.worked - plain.worked), "s"))
    return lines


def run_build(model: Path, *arguments: str | Path) -> Spent:
    """Run `gaic build`; ends the program where it fails."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "gaic", "build", "--quiet", str(model), *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"gaic build ended with {process.returncode}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Spent(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, kilobytes * 1024 / MEGABYTE)


def write_table(lines: Iterable[Line]) -> str:
    """Figures with their units and targets, one per line."""
    rows = [(line.name, f"{line.value:,.3g}" if line.value < 1000 else f"{line.value:,.0f}", line) for line in lines]
    wide = max(len(name) for name, _, _ in rows)
    return "\n".join(
        f"{name:{wide}}  {number:>10} {line.unit:3}{_tell_target(line)}".rstrip() for name, number, line in rows
    )


def _tell_target(line: Line) -> str:
    if line.target is None:
        return ""
    return f"  at most {line.target:g}: {'kept' if line.value <= line.target else 'MISSED'}"


def _write(folder: Path, attributes: int) -> Path:
    model = folder / f"cells_{attributes}.gai"
    model.write_text(write_model(attributes), encoding="utf-8")
    return model


def _render(outcome: Outcome, model: Path) -> list[str]:
    """All pages with what stands beside them, made anew."""
    if outcome.ledger is None:
        sys.exit("the generated model has errors")
    files = site_files(outcome, model, outcome.ledger)
    return [text for name, text in files if name.endswith(TEXTS) and isinstance(text, str)]


def _count(outcome: Outcome) -> int:
    return sum(len(found.nodes) for found in outcome.ledger.objects()) if outcome.ledger is not None else 0


def _sort_of(name: str) -> str:
    folder = name.partition("/")[0] if "/" in name else ""
    return f"{folder}/" if folder else name


def _time(work: Callable[[], T]) -> tuple[T, float]:
    gc.collect()
    began = time.process_time()
    return work(), time.process_time() - began


def _time_in_turns(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds on a processor of each, measured in turns, so that a busy machine is busy for all of them."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for spent, work in zip(seconds, works, strict=True):
            spent.append(_time(work)[1])
    return [statistics.median(spent) for spent in seconds]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--small", type=int, default=SMALL, help="attributes of the small model")
    parser.add_argument("--large", type=int, default=LARGE, help="attributes of the large model")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of which the median counts")
    parser.add_argument("-o", "--output", type=Path, default=Path("bench/pages.json"), help="where the JSON goes")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lines = measure_ratio(chosen.small, chosen.rounds, folder)
        lines += measure_parts(chosen.large, folder)
        lines += measure_commands(chosen.large, folder)
    chosen.output.write_text(json.dumps([asdict(line) for line in lines], indent=2) + "\n", encoding="utf-8")
    print(write_table(lines))


if __name__ == "__main__":
    main()
