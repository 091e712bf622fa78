"""Texts and files in the one format, and what is said about the difference."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gaic
from gaic.api.difference import unified_diff
from gaic.api.directory import UnwritableError
from gaic.api.formatting import format_bytes, format_file, rewrite_file
from gaic.source.diagnostic import ModelError
from gaic.source.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

UGLY = "let  a=1\nlet b=[ 1,2 ]\n"
TIDY = "let a = 1\nlet b = [1, 2]\n"


def test_a_text() -> None:
    assert gaic.format_text(UGLY) == TIDY
    assert gaic.format_text("\ufeff" + UGLY.replace("\n", "\r\n")) == TIDY
    with pytest.raises(ModelError, match="GAI002"):
        gaic.format_text("let a = \n")


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "m.gai"
    file.write_bytes(b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    formatted = format_file(file, "m.gai")
    assert formatted.changed
    rewrite_file(file, formatted)
    assert file.read_bytes() == TIDY.encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["m.gai"]
    assert not format_file(file, "m.gai").changed


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    far = tmp_path / "far" / "m.gai"
    far.write_text(UGLY)
    link = tmp_path / "m.gai"
    link.symlink_to(far)
    rewrite_file(link, format_file(link, "m.gai"))
    assert link.is_symlink()
    assert far.read_text() == TIDY


def test_what_may_not_be_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "m.gai"
    file.write_text(UGLY)
    formatted = format_file(file, "m.gai")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(UnwritableError, match="it is read-only"):
        rewrite_file(file, formatted)
    monkeypatch.undo()
    (tmp_path / "m.gai.gaic-new").write_text("of somebody else")
    with pytest.raises(UnwritableError, match="is in the way"):
        rewrite_file(file, formatted)
    assert file.read_text() == UGLY
    assert (tmp_path / "m.gai.gaic-new").read_text() == "of somebody else"


def test_a_failure_in_the_middle_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "m.gai"
    file.write_text(UGLY)
    formatted = format_file(file, "m.gai")

    def fail(self: Path, mode: int) -> None:
        raise OSError(28, f"No space for {self} {mode}")

    monkeypatch.setattr("pathlib.Path.chmod", fail)
    with pytest.raises(UnwritableError, match="no space"):
        rewrite_file(file, formatted)
    assert [path.name for path in tmp_path.iterdir()] == ["m.gai"]
    assert file.read_text() == UGLY


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'let a = "\xe9"\n', "GAI106"),
        (b"let a = 1 +\n", "GAI002"),
        (b"# " + b"x" * 100, "GAI505"),
    ],
)
def test_what_cannot_be_formatted(raw: bytes, code: str, tmp_path: Path) -> None:
    limits = Limits(file_size=90)
    with pytest.raises(ModelError) as raised:
        format_bytes(raw, "m", limits)
    assert [found.code for found in raised.value.diagnostics] == [code]
    (tmp_path / "m.gai").write_bytes(raw)
    with pytest.raises(ModelError) as raised:
        format_file(tmp_path / "m.gai", "m", limits)
    assert [found.code for found in raised.value.diagnostics] == [code]


def test_a_cr_within_a_text_is_kept() -> None:
    raw = b'let a = """x\r\r\ny"""\n'
    assert format_bytes(raw, "m").after.encode() == raw
    assert format_bytes(b"# a\r\r\n", "m").after == "# a\n"


# ---------------------------------------------------------------- differences


def test_a_difference_is_a_unified_diff() -> None:
    before = "let a = 1\n\n# b\n# c\n# d\n# e\nlet  f = 2\n# g\n# h\n# i\n# j\nk{l=3}"
    after = "let a = 1\n\n# b\n# c\n# d\n# e\nlet f = 2\n# g\n# h\n# i\n# j\nk { l = 3 }\n"
    assert unified_diff(before, after, "m.gai") == (
        "--- m.gai\n+++ m.gai\n@@ -4,9 +4,9 @@\n # c\n # d\n # e\n-let  f = 2\n+let f = 2\n # g\n # h\n # i\n # j\n"
        "-k{l=3}\n\\ No newline at end of file\n+k { l = 3 }\n"
    )
    assert unified_diff(after, after, "m.gai") == ""
    assert unified_diff("\n", "", "m") == "--- m\n+++ m\n@@ -1 +0,0 @@\n-\n"
    assert unified_diff("a;b\n", "a\nb\n", "m") == "--- m\n+++ m\n@@ -1 +1,2 @@\n-a;b\n+a\n+b\n"


def patched(text: str, diff: str) -> str:
    """The text with a unified diff applied; fails where the diff does not fit."""
    lines = text.splitlines(keepends=True)
    made: list[str] = []
    row = 0
    for hunk in diff.split("@@ -")[1:]:
        head, _, body = hunk.partition("@@\n")
        start, _, count = head.split(" ")[0].partition(",")
        first = int(start) - (count != "0")
        made += lines[row:first]
        row = first
        for line in body.replace("\n\\ No newline at end of file\n", "").splitlines(keepends=True):
            if line[0] != "+":
                assert lines[row].rstrip("\n") == line[1:].rstrip("\n")
                row += 1
            if line[0] != "-":
                made.append(line[1:])
    return "".join(made + lines[row:])


WORDS = st.lists(st.sampled_from(["aa", "b", "c,", "{", "}", "#x"]), max_size=40)
GAPS = st.lists(st.sampled_from([" ", "\n", "\n\n", "", "\n  ", ";\n", ",\n"]), min_size=41, max_size=41)


@given(WORDS, GAPS, GAPS)
def test_a_difference_leads_from_one_text_to_the_other(words: list[str], one: list[str], other: list[str]) -> None:
    before, after = (
        "".join(gap + word for gap, word in zip(gaps, [*words, ""], strict=False)).rstrip("\n") + "\n"
        for gaps in (one, other)
    )
    assert patched(before, unified_diff(before, after, "m")) == after
