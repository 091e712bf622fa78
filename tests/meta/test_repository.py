"""The files of the repository: what must be there, how long they may be, what may not stand in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

REQUIRED = (
    ".ci/run",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSES/MPL-2.0.txt",
    "NOTICE",
    "README.md",
    "docs/page.png",
    "dsl/gaic/py.typed",
    "models/genai_job.gai",
    "models/support_assistant.gai",
    "pyproject.toml",
    "stdlib/prelude.gai",
)

NOT_OURS = frozenset({"build", "dist", "__pycache__"})
BINARY = frozenset({".npz", ".png", ".pyc", ".woff2"})
CODE = frozenset({".css", ".html", ".j2", ".js", ".lark", ".py"})

LONGEST = 600
LONG = 400
# Files between the two limits -> why they are not cut in two.
LONG_FILES: Mapping[str, str] = {}

# Tables under the Mozilla Public License keep it, file by file.
UNDER_MPL = re.compile(r"stdlib/(?:models/.*|models|grid|countries)\.gai")
FROM_MPL_TABLE = re.compile(r"(?:models|electricity_mixes|video_models)\.json")
MPL_HEADER = "SPDX-License-Identifier: MPL-2.0"
HEADER_LINES = 8

# Put together here, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile(
    "|".join(("/" + "work/", "/" + "root/", "/" + r"home/\w", "/" + "Users/", r"[A-Z]:\\" + "Users"))
)


def text_files(root: Path) -> Iterator[Path]:
    """All text files that belong to the repository."""
    for path in sorted(root.iterdir()):
        hidden = path.name.startswith(".") and path.name != ".ci" and path.is_dir()
        if hidden or path.name in NOT_OURS or path.name == ".git" or path.suffix in BINARY | {".egg-info"}:
            continue
        if path.is_dir():
            yield from text_files(path)
        elif not path.name.startswith(".coverage"):
            yield path


@pytest.mark.parametrize("name", REQUIRED)
def test_the_file_is_there(repository: Path, name: str) -> None:
    assert (repository / name).is_file()


def test_the_check_script_is_executable(repository: Path) -> None:
    assert (repository / ".ci" / "run").stat().st_mode & 0o100


def test_line_ends_encoding_and_last_line(repository: Path) -> None:
    for path in text_files(repository):
        content = path.read_bytes()
        content.decode("utf-8")
        assert b"\r" not in content, f"{path}: carriage return"
        assert not content.startswith(b"\xef\xbb\xbf"), f"{path}: byte order mark"
        assert not content or content.endswith(b"\n"), f"{path}: last line has no end"


def test_no_path_of_a_machine(repository: Path) -> None:
    for path in text_files(repository):
        found = MACHINE_PATHS.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path}: {found}"


def test_code_files_are_short(repository: Path) -> None:
    lengths = {
        path.relative_to(repository).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in text_files(repository)
        if path.suffix in CODE
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
    assert {name for name, length in lengths.items() if length > LONG} == set(LONG_FILES)


def test_library_files_made_from_mpl_tables_say_so_in_their_first_lines(repository: Path) -> None:
    covered = []
    for path in sorted((repository / "stdlib").rglob("*.gai")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(repository).as_posix()
        if UNDER_MPL.fullmatch(name) or FROM_MPL_TABLE.search(text):
            covered.append(name)
            head = text.splitlines()[:HEADER_LINES]
            assert any(MPL_HEADER in line for line in head), f"{name}: no line {MPL_HEADER!r} at its head"
            assert any("EcoLogits" in line for line in head), f"{name}: the head does not name its origin"
    assert covered


def test_the_notice_names_every_origin(repository: Path) -> None:
    notice = (repository / "NOTICE").read_text(encoding="utf-8")
    for origin in ("EcoLogits", "MPL-2.0", "Our World in Data", "CC BY 4.0", "BoaviztAPI 2.5.0", "datasheet"):
        assert origin in notice
    for name in re.findall(r"\bstdlib/[\w/.]+", notice):
        assert (repository / name).exists(), f"NOTICE names {name}, which is not there"
