"""An answer from the cache is the answer that the compiler would give, or there is none."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import gaic.api.compile as pipeline
from gaic.api import cached_check
from gaic.api.cache_folder import CacheFolder
from gaic.api.cached_check import check_file
from gaic.schema.cached import cached_text, read_cached
from gaic.source.diagnostic import Diagnostic, Label, Severity
from gaic.source.limits import USUAL, Limits
from gaic.source.text import Origin, SourceFile, Span
from tests.programs import REJECTED_PROGRAMS, name_of, read_limits, write_program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from gaic.api.cached_check import Answer
    from gaic.api.compile import Outcome

SECRET = b"s" * 32
posix = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")

# A finding that shows a place of the library, an import, and a file of numbers.
PROGRAM = """\
import "shapes.gai" as shapes
import std.grid { france }

server web { grid = france; pue = 1.3 }
job search { server = web }
step look { duration = 90 h; jobs = [search] }
journey errand { steps = [look] }
usage_pattern staff {
  journeys = [errand]
  country  = france
  network  = std.network.wired
  devices  = [std.devices.laptop { power = 5 kg }]
  starts   = hourly("starts.csv", start = 2026-01-05T09:00)
}
# file: shapes.gai
let size = 3 kWh from hypothesis note "for a test"
# file: starts.csv
starts
3
5
# file: gaic.toml
"""

Told = tuple[object, ...]


def told(answer: Answer) -> Told:
    """Everything that a finding says, in a form that can be compared."""

    def place(span: Span | None) -> Told | None:
        return None if span is None else (span.file.name, span.file.origin, span.file.text, span.start, span.end)

    return (
        answer.root,
        *(
            (
                d.code,
                d.message,
                place(d.span),
                d.label,
                [(place(label.span), label.text) for label in d.labels],
                d.notes,
                d.help,
                d.severity,
                [(place(edit.span), edit.text) for edit in d.fix],
            )
            for d in answer.diagnostics
        ),
    )


class Compiler:
    """Counts how often the compiler is asked; `found` stands in for what it finds."""

    def __init__(self) -> None:
        self.asked = 0
        self.found: tuple[Diagnostic, ...] | None = None
        self._really = pipeline.check_model

    def check_model(self, path: Path, limits: Limits = USUAL) -> Outcome:
        self.asked += 1
        outcome = self._really(path, limits)
        return outcome if self.found is None else replace(outcome, diagnostics=self.found)


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Compiler:
    compiler = Compiler()
    monkeypatch.setattr(pipeline, "check_model", compiler.check_model)
    return compiler


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_program(tmp_path / "project", PROGRAM)


def entries(root: Path) -> list[Path]:
    return sorted((root / ".gaic" / "check").glob("*.checked"))


def test_an_unchanged_model_is_answered_without_the_compiler(compiler: Compiler, model: Path) -> None:
    fresh = check_file(model, USUAL, SECRET)
    assert compiler.asked == 1
    shown = {label.span.file.origin for d in fresh.diagnostics for label in d.labels}
    assert shown == {Origin.LIBRARY}
    assert told(check_file(model, USUAL, SECRET)) == told(fresh)
    assert compiler.asked == 1
    assert sorted(path.name for path in (model.parent / ".gaic").iterdir()) == [".gitignore", "check"]
    assert (model.parent / ".gaic" / ".gitignore").read_bytes() == b"*\n"
    assert len(entries(model.parent)) == 1


def test_without_a_secret_nothing_is_kept_or_recalled(compiler: Compiler, model: Path) -> None:
    check_file(model, USUAL, None)
    assert not (model.parent / ".gaic").exists()
    check_file(model, USUAL, SECRET)
    check_file(model, USUAL, None)
    assert compiler.asked == 3


def test_the_cache_may_go_at_any_time(compiler: Compiler, model: Path) -> None:
    check_file(model, USUAL, SECRET)
    shutil.rmtree(model.parent / ".gaic")
    check_file(model, USUAL, SECRET)
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 2


@pytest.mark.parametrize("case", REJECTED_PROGRAMS[::3], ids=name_of)  # a third of them takes long enough
def test_what_the_compiler_says_of_a_failing_program_is_said_again(
    compiler: Compiler, tmp_path: Path, case: Path
) -> None:
    program = case.read_text(encoding="utf-8")
    model, limits = write_program(tmp_path, program, case.name), read_limits(program)
    fresh = check_file(model, limits, SECRET)
    assert told(check_file(model, limits, SECRET)) == told(fresh)
    # What rests on a file that is not there is found anew.
    assert compiler.asked == (1 if entries(tmp_path) else 2)
    absent = {"GAI103", "GAI104", "GAI105", "GAI106", "GAI505"}
    assert bool(entries(tmp_path)) != any(d.code in absent for d in fresh.diagnostics)


# What changes between two checks of a project -> whether the compiler has to be asked again.
CHANGES: Mapping[str, tuple[Callable[[Path], object], bool]] = {
    "nothing": (lambda _: None, False),
    "times of files": (lambda root: os.utime(root / "starts.csv", (1, 1)), False),
    "line ends and a mark of byte order": (
        lambda root: (root / "shapes.gai").write_bytes(
            b"\xef\xbb\xbf" + (root / "shapes.gai").read_bytes().replace(b"\n", b"\r\n")
        ),
        False,
    ),
    "a file that nobody asked for": (lambda root: (root / "other.gai").write_text("x"), False),
    "text of the project file": (lambda root: (root / "gaic.toml").write_text("# another"), False),
    "the model": (lambda root: append(root / "model.gai", "# more\n"), True),
    "an imported file": (lambda root: append(root / "shapes.gai", "# more\n"), True),
    "a file of numbers": (lambda root: append(root / "starts.csv", "7\n"), True),
    "a file of numbers that goes": (lambda root: (root / "starts.csv").unlink(), True),
    "an imported file that goes": (lambda root: (root / "shapes.gai").unlink(), True),
    "a folder in place of a file": (lambda root: put_folder(root / "shapes.gai"), True),
    "another encoding": (lambda root: (root / "shapes.gai").write_bytes(b"# \xe9\n"), True),
}


def put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_was_read_asks_the_compiler_again(compiler: Compiler, model: Path, change: str) -> None:
    act, asks = CHANGES[change]
    check_file(model, USUAL, SECRET)
    act(model.parent)
    again = check_file(model, USUAL, SECRET)
    assert compiler.asked == (2 if asks else 1)
    assert told(again) == told(check_file(model, USUAL, None))


def test_a_file_that_comes_is_seen(compiler: Compiler, model: Path) -> None:
    """Something that is missing is looked for each time."""
    (model.parent / "starts.csv").unlink()
    assert "GAI103" in {d.code for d in check_file(model, USUAL, SECRET).diagnostics}
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 2
    (model.parent / "starts.csv").write_text("starts\n3\n")
    assert "GAI103" not in {d.code for d in check_file(model, USUAL, SECRET).diagnostics}


def test_another_project_root_is_another_question(compiler: Compiler, tmp_path: Path) -> None:
    model = write_program(tmp_path / "outer" / "inner", PROGRAM.replace("# file: gaic.toml\n", ""))
    assert check_file(model, USUAL, SECRET).root == tmp_path / "outer" / "inner"
    (tmp_path / "outer" / "gaic.toml").write_text("")
    moved = check_file(model, USUAL, SECRET)
    assert (moved.root, compiler.asked) == (tmp_path / "outer", 2)
    assert told(check_file(model, USUAL, SECRET)) == told(moved)
    (tmp_path / "outer" / "inner" / "gaic.toml").write_text("")
    assert check_file(model, USUAL, SECRET).root == tmp_path / "outer" / "inner"
    assert compiler.asked == 2


@posix
def test_a_link_that_leads_elsewhere_is_a_change(compiler: Compiler, tmp_path: Path) -> None:
    model = write_program(tmp_path, 'import "now.gai" as now\nlet x = now.a from hypothesis note "for a test"\n')
    (tmp_path / "one.gai").write_text('let a = 1 from hypothesis note "for a test"\n')
    (tmp_path / "two.gai").write_text('let b = 1 from hypothesis note "for a test"\n')
    (tmp_path / "now.gai").symlink_to("one.gai")
    check_file(model, USUAL, SECRET)
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 1
    (tmp_path / "now.gai").unlink()
    (tmp_path / "now.gai").symlink_to("two.gai")
    assert "GAI" in "".join(d.code for d in check_file(model, USUAL, SECRET).diagnostics)
    assert compiler.asked == 2
    outside = tmp_path.parent / f"{tmp_path.name}-outside.gai"
    shutil.copy(tmp_path / "two.gai", outside)
    (tmp_path / "two.gai").unlink()
    (tmp_path / "two.gai").symlink_to(outside)
    assert "GAI105" in {d.code for d in check_file(model, USUAL, SECRET).diagnostics}


@posix
def test_a_model_behind_a_link_is_the_file_it_leads_to(compiler: Compiler, model: Path) -> None:
    (model.parent / "sub").mkdir()
    (model.parent / "sub" / "link.gai").symlink_to(model)
    fresh = check_file(model.parent / "sub" / "link.gai", USUAL, SECRET)
    assert told(check_file(model, USUAL, SECRET)) == told(fresh)
    assert compiler.asked == 1
    (model.parent / "circle.gai").symlink_to("circle.gai")
    with suppress(OSError, RuntimeError):  # which Python raises up to 3.12
        assert [d.code for d in check_file(model.parent / "circle.gai", USUAL, SECRET).diagnostics] == ["GAI104"]


def test_limits_are_part_of_the_question(compiler: Compiler, model: Path) -> None:
    check_file(model, USUAL, SECRET)
    strict = check_file(model, Limits(csv_rows=1), SECRET)
    assert "GAI510" in {d.code for d in strict.diagnostics}
    check_file(model, Limits(csv_rows=1), SECRET)
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 2


def test_a_file_over_the_limit_is_not_taken_for_the_smaller_one(compiler: Compiler, model: Path) -> None:
    """CRLF does not change a text, but the size of its file."""
    limits = Limits(file_size=max(path.stat().st_size for path in model.parent.iterdir()))
    check_file(model, limits, SECRET)
    model.write_bytes(model.read_bytes().replace(b"\n", b"\r\n"))
    assert "GAI505" in {d.code for d in check_file(model, limits, SECRET).diagnostics}
    assert compiler.asked == 2


def test_another_compiler_finds_anew(compiler: Compiler, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_file(model, USUAL, SECRET)
    monkeypatch.setattr(cached_check, "fingerprint_compiler", lambda: "edited")
    check_file(model, USUAL, SECRET)
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 2
    monkeypatch.setattr(cached_check, "fingerprint_compiler", lambda: None)
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 3


def test_a_compiler_that_is_edited_meanwhile_keeps_nothing(
    compiler: Compiler, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prints = iter(("before", "after"))
    monkeypatch.setattr(cached_check, "fingerprint_compiler", lambda: next(prints))
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 1
    assert not (model.parent / ".gaic").exists()


def test_a_file_of_the_library_is_asked_for_by_its_name_there(repository: Path) -> None:
    question = cached_check._ask(repository / "stdlib" / "hardware" / "nvidia.gai", USUAL, SECRET)
    assert question is not None
    assert (question.file, question.files.root) == ("std.hardware.nvidia", repository)


@pytest.mark.parametrize("name", ["model.gai", ""])
def test_a_finding_about_a_text_that_was_not_read_is_not_kept(compiler: Compiler, model: Path, name: str) -> None:
    strange = Span(SourceFile(name, "made up"), 0, 4)
    compiler.found = (Diagnostic("GAI101", "x", strange),)
    check_file(model, USUAL, SECRET)
    assert check_file(model, USUAL, SECRET).diagnostics == compiler.found
    assert compiler.asked == 2
    assert not (model.parent / ".gaic").exists()


def test_every_part_of_a_finding_is_kept(compiler: Compiler, model: Path) -> None:
    text = model.read_text()
    other = SourceFile("model.gai", text)  # the same text once more, as an object of its own
    file = SourceFile("model.gai", text)
    compiler.found = (
        Diagnostic("GAI101", "no `\u202e\x1b[2J` 日本", None, "", (), ("a\nb", ""), "", Severity.WARNING),
        Diagnostic(
            "GAI102", "", Span(file, 0, 0), "here", (Label(Span(other, 1, 3)), Label(Span(file, 0, len(text)), "x"))
        ),
    )
    fresh = check_file(model, USUAL, SECRET)
    again = check_file(model, USUAL, SECRET)
    assert compiler.asked == 1
    assert told(again) == told(fresh)
    one, two = again.diagnostics[1].labels
    assert one.span.file is not two.span.file


def rewrite(root: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the entry of a project and seal it as its user would."""
    (path,) = entries(root)
    body = path.read_bytes()[65:]
    entry: Any = read_cached(body)  # what comes of a change has no type any more
    assert entry is not None
    change(entry)
    body = cached_text(entry)
    path.write_bytes(CacheFolder(root, "check", SECRET)._seal(b"\n" + body) + b"\n" + body)


ODD: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "the form of another version": lambda entry: entry.update(schema="gaic.checked/0"),
    "something unknown": lambda entry: entry.update(more=1),
    "something missing": lambda entry: entry.pop("asked"),
    "a number for a text": lambda entry: entry.update(file=3),
    "another file": lambda entry: entry.update(file="other.gai"),
    "other limits": lambda entry: entry.update(limits={"files": 3}),
    "a file outside": lambda entry: entry.update(read=[("../outside.gai", "0" * 64)]),
    "a text of another content": lambda entry: entry.update(read=[("model.gai", "0" * 64)]),
    "a file that was not read": lambda entry: entry.update(files=[("project", "other.gai")] * 9),
    "an origin that there is not": lambda entry: entry.update(files=[("elsewhere", "a.gai")] * 9),
    "no files": lambda entry: entry.update(files=[]),
    "a place behind the end": lambda entry: entry["findings"][0].update(span=(0, 1, 10**9)),
    "a place that ends before it begins": lambda entry: entry["findings"][0].update(span=(0, 5, 4)),
    "a place before the beginning": lambda entry: entry["findings"][0].update(span=(0, -1, 4)),
    "a code that is none": lambda entry: entry["findings"][0].update(code="X"),
    "a weight that is none": lambda entry: entry["findings"][0].update(severity="fatal"),
}


@pytest.mark.parametrize("change", ODD)
def test_an_entry_of_another_form_is_no_answer(compiler: Compiler, model: Path, change: str) -> None:
    fresh = check_file(model, USUAL, SECRET)
    rewrite(model.parent, lambda _: None)
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 1, "the test seals as gaic does"
    rewrite(model.parent, ODD[change])
    assert told(check_file(model, USUAL, SECRET)) == told(fresh)
    assert compiler.asked == 2
    check_file(model, USUAL, SECRET)
    assert compiler.asked == 2, "the good answer is there again"


def test_a_project_cannot_bring_its_own_answer(model: Path) -> None:
    """Whoever writes a project knows all that an entry says of it, but not the secret of those who check it."""
    broken = model.read_text()
    model.write_text('let x = 1 from hypothesis note "for a test"\n')
    check_file(model, USUAL, b"a" * 32)
    model.write_text(broken)
    fresh = check_file(model, USUAL, b"a" * 32)
    assert any(d.severity is Severity.ERROR for d in fresh.diagnostics)
    (path,) = entries(model.parent)
    body = read_cached(path.read_bytes()[65:])
    assert body is not None
    body["findings"] = []
    text = cached_text(body)
    path.write_bytes(CacheFolder(model.parent, "check", b"a" * 32)._seal(b"\n" + text) + b"\n" + text)
    assert check_file(model, USUAL, b"a" * 32).diagnostics == (), "the forged answer is a good one for its author"
    assert told(check_file(model, USUAL, SECRET)) == told(fresh)
