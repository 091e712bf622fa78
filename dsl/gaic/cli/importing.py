"""`gaic import`: a file of another tool becomes a model."""

from __future__ import annotations

import math
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options, model_options, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.api.importing import Imported
    from gaic.api.rules import Comparison, Step
    from gaic.cli.options import Settings
    from gaic.cli.progress import Progress

OWN_RULES = "std"


@click.command("import", short_help="Translate a file of another tool.")
@click.argument("format_name", metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Model to write.")
@click.option("--rules", metavar="RULES", help="Rules of the model: `std`, or those of the other tool.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@model_options
@common_options
@click.pass_context
def import_file(
    context: click.Context, format_name: str, file: Path, output: Path | None, rules: str | None, *, force: bool
) -> int:
    """Translate FILE into a model, with its long series as CSV files beside it.

    The model is written to NAME.gai in the current folder unless -o says otherwise. Without --rules it keeps the rules
    of the tool and version that wrote FILE, and so its numbers; with `--rules std` it follows the library, and the
    summary says how the totals differ and which rule causes it.
    """
    from gaic.api.compile import compile_model
    from gaic.api.importing import import_model
    from gaic.api.saving import save_model
    from gaic.cli.files import require_model
    from gaic.cli.progress import show_progress
    from gaic.cli.verdict import Verdict, exit_code, judge, print_findings

    settings = settings_of(context)
    require_model(file)
    target = Path(f"{file.stem}.gai") if output is None else output
    limits = settings.read_limits()
    with show_progress(f"reading {file.name}", quiet=settings.quiet) as progress:
        imported = import_model(format_name, file, rules=rules, stem=target.stem, limits=limits)
        save_model(target, imported.text, imported.files, force=force)
        outcome = compile_model(target, limits)
        comparison = _compare(format_name, file, imported, settings, progress)
    if not settings.quiet:
        _print_summary(target, imported, comparison)
    print_findings(outcome.diagnostics, settings)
    verdict = judge(outcome.diagnostics, None, settings)
    if settings.strict and imported.left_out:
        verdict = Verdict.ERRORS
    return exit_code(verdict, settings)


def _compare(
    format_name: str, file: Path, imported: Imported, settings: Settings, progress: Progress
) -> Comparison | None:
    """How the library's rules differ from those of the other tool; only for a model under the former."""
    if imported.rules != OWN_RULES or settings.quiet:
        return None
    from gaic.api.importing import import_model
    from gaic.api.rules import compare_rules

    progress.begin("comparing rules")
    limits = settings.read_limits()
    theirs, ours = (
        import_model(format_name, file, rules=rules, limits=limits, defaults=True)
        for rules in (imported.usual_rules, imported.rules)
    )
    return compare_rules(theirs, ours, limits)


# ------------------------------------------------------------ summary


def _print_summary(target: Path, imported: Imported, comparison: Comparison | None) -> None:
    from gaic.cli.files import shown_path
    from gaic.cli.terminal import print_result

    beside = f" and {_counted(len(imported.files), 'CSV file')} beside it" if imported.files else ""
    print_result(f"{shown_path(target)}{beside}, from {imported.title}, rules {imported.rules}")
    print_result(f"objects: {', '.join(f'{count} {kind}' for kind, count in imported.objects) or 'none'}")
    print_result(f"{_counted(imported.series, 'series', 'series')}, {_counted(imported.sources, 'source')}")
    if imported.left_out:
        print_result(f"not translated ({len(imported.left_out)}):")
        for each in imported.left_out:
            print_result(f"  {each}")
    if comparison is not None:
        for line in _comparison_lines(comparison, imported.usual_rules):
            print_result(line)


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _comparison_lines(comparison: Comparison, theirs: str) -> Iterator[str]:
    if comparison.refused:
        yield f"the totals cannot be compared with those under {theirs}; one of the two has errors:"
        yield from (f"  {found.code} {found.message}" for found in comparison.refused)
        return
    for place, (label, unit) in enumerate(comparison.criteria):
        before, after, rest = (each[place] for each in (comparison.before, comparison.after, comparison.rest))
        changes = [(_names(step), step.change[place], _docs(step)) for step in comparison.steps if step.change[place]]
        if rest:
            changes.append(("values that only one of the models has", rest, ""))
        digits = _decimals([before, after], [change for _, change, _ in changes])
        rows = [(theirs, f"{before:.{digits}f}", "")]
        rows += [(name, f"{change:+.{digits}f}", doc) for name, change, doc in changes]
        rows.append((OWN_RULES, f"{after:.{digits}f}", ""))
        yield ""
        yield f"{label}, {unit}"
        yield from _aligned(rows)


def _names(step: Step) -> str:
    return ", ".join(map(str, step.rules))


def _docs(step: Step) -> str:
    return " ".join(dict.fromkeys(rule.doc for rule in step.rules))


def _decimals(totals: list[float], changes: list[float]) -> int:
    """Decimals that show six digits of the totals and two of the smallest change, but at most twelve digits in all."""
    size = max((math.floor(math.log10(abs(total))) for total in totals if total), default=0)
    least = min((math.floor(math.log10(abs(change))) for change in changes), default=size)
    return max(0, min(max(5 - size, 1 - least), 11 - size))


def _aligned(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    names, numbers = (max(len(row[column]) for row in rows) for column in (0, 1))
    for name, number, doc in rows:
        yield f"  {name:<{names}}  {number:>{numbers}}"
        yield from textwrap.wrap(doc, 110, initial_indent="    ", subsequent_indent="    ")
