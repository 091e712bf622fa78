"""Evidence that somebody made to do harm: clear words, no traceback, nothing read outside of the folder."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from gaic.verify.faults import BrokenError, NoEvidenceError
from gaic.verify.reading import is_inside, list_files, read_json
from gaic.verify.site import verify_site
from gaic.verify.told import escape, tell, tell_json
from tests.unit.verify.sites import EXPORT, MANIFEST, build, change, forge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.verify.sites import Document


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small"))


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "site")


def messages(site: Path) -> list[str]:
    report = verify_site(site)
    json.loads(tell_json(report))
    return [f"{each.file}: {each.message}" for each in report.differences]


# ---------------------------------------------------------------- texts that are no documents


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no JSON"),
        ("{", "is no JSON"),
        ("[]", "holds no JSON object"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": 1, "a": 2}', "the name 'a' stands twice"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "is nested too deeply"),
        ('{"a": ' + "9" * 5_000 + "}", "is no JSON"),
        ("\ufeff{}", "is no JSON"),
    ],
)
@pytest.mark.parametrize("name", [MANIFEST, EXPORT, "evidence/statement.json", "ro-crate-metadata.json"])
def test_no_document(site: Path, name: str, text: str, message: str) -> None:
    (site / name).write_text(text, encoding="utf-8")
    assert any(each.startswith(f"{name}: ") and message in each for each in messages(site))


def test_no_text(site: Path) -> None:
    (site / EXPORT).write_bytes(b'{"a": "\xff"}')
    assert any(each.startswith(f"{EXPORT}: is no JSON") for each in messages(site))


def test_a_file_that_is_too_large(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaic.verify.reading.LARGEST", 100)
    with pytest.raises(BrokenError, match="is larger than 100 bytes"):
        read_json(site, EXPORT)


# ---------------------------------------------------------------- the form of the export


def put(*keys: Any, value: object) -> Callable[[Document], None]:
    def edit(document: Any) -> None:
        for key in keys[:-1]:
            document = document[key]
        document[keys[-1]] = value

    return edit


DEEP: Any = ["negate", 1.0]
for _ in range(450):
    DEEP = ["negate", DEEP]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (put("schema", value="gaic.export/2"), "`schema` is not gaic.export/1"),
        (put("values", value=[]), "`values` is no object"),
        (put("formulas", value={}), "`formulas` is no list"),
        (put("hour", value=1e400), "Infinity is no number"),
        (put("hour", value=10**400), "`hour` is no finite number"),
        (put("hour", value=True), "`hour` is no number"),
        (put("horizon", value="soon"), "`horizon` is no instant"),
        (put("horizon", value="2026-01-01T00:30:00Z"), "`horizon` is on no whole hour"),
        (put("values", "w.choice", value=4), "`w.choice` is no object"),
        (put("values", "w.choice", "formula", value=10**9), "has a formula that is not there"),
        (put("values", "w.choice", "formula", value=0.5), "is no whole number"),
        (put("values", "w.choice", "value", value={"shape": "cube"}), "has a value of no known shape"),
        (put("values", "w.choice", "value", "unit", value="parsec"), "is in a unit that the export does not have"),
        (put("values", "w.choice", "value", "value", value="7"), "`w.choice` is no number"),
        (put("values", "w.choice", "arguments", value=[5]), "`w.choice` is no text"),
        (put("values", "w.choice", "value", "shape", value=[]), "has a value of no known shape"),
        (put("values", "w.known", "value", "value", value="yes"), "`w.known` is neither true nor false"),
        (put("values", "w.zone", "value", "value", value=1), "`w.zone` is no text"),
        (put("values", "w.busy", "value", "summary", value={}), "`w.busy` has no `first10`"),
        (put("values", "w.choice", "role", value=None), "`w.choice` is no text"),
        (put("values", "w.busy", "value", "summary", "first10", value=["x"]), "`w.busy` is no number"),
        (put("series", 0, "times", value=10**12), "`series[0]` has too many hours"),
        (put("series", 0, "values", 0, value=None), "`series[0]` is no number"),
        (put("zones", "Europe/Paris", "changes", value=[[1]]), "has a change that is none"),
        (put("zones", "Europe/Paris", "changes", value=[[9, 0], [1, 0]]), "has its changes out of order"),
        (put("units", "", value={"factor": 0}), "is worth nothing"),
        (put("formulas", 0, "tree", value=DEEP), "has more than 400 levels"),
    ],
)
def test_a_part_that_is_not_what_it_must_be(site: Path, edit: Callable[[Document], None], message: str) -> None:
    found = [each for each in forge(site, edit).differences if each.file == EXPORT]
    assert len(found) == 1
    assert message in found[0].message


@pytest.mark.parametrize("tree", [None, [], {}, ["call"], ["gather", "sum"], [[["+"]]], ["read", -1]])
def test_a_tree_that_is_none(site: Path, tree: object) -> None:
    report = forge(site, put("formulas", 5, "tree", value=tree))
    assert [each.message[:19] for each in report.differences if each.file == EXPORT] == ["cannot be computed:"]


def test_a_number_beyond_all_numbers(site: Path) -> None:
    report = forge(site, put("formulas", 5, "tree", value=["^", 10.0, 400.0]))
    assert "it is beyond all numbers" in tell(report)
    report = forge(site, put("formulas", 5, "tree", value=["*", 1e200, 1e200]))
    assert "it is no finite number" in tell(report)


def test_a_chain_of_many_values_is_no_matter(site: Path) -> None:
    def edit(export: Document) -> None:
        record = {**export["values"]["w.choice"]}
        export["formulas"].append({**export["formulas"][5], "tree": ["read", 0]})
        for number in range(20_000):
            before = f"w.x{number + 1}" if number < 19_999 else "w.choice"
            export["values"][f"w.x{number}"] = {
                **record,
                "formula": len(export["formulas"]) - 1,
                "arguments": [before],
            }

    assert [each for each in forge(site, edit).differences if each.file == EXPORT] == []


def test_what_would_take_too_long(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaic.verify.recompute.MOST_HOURS", 50)
    assert f"{EXPORT}: takes too long to compute again" in messages(site)


# ---------------------------------------------------------------- names and links


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/passwd", "objects/../../secret.txt", "a\\b", "C:x", "", ".", "\ud800"]
)
def test_names_outside_of_the_folder(site: Path, name: str) -> None:
    (site.parent / "secret.txt").write_text("secret")

    def edit(manifest: Document) -> None:
        manifest["outputs"].append({"file": name, "size": 6, "sha256": "0" * 64})

    change(site, MANIFEST, edit)
    assert messages(site) == [f"{MANIFEST}: `outputs` lists what is no file"]
    assert not is_inside(name)


def test_links_are_not_followed(site: Path) -> None:
    outside = site.parent / "outside"
    outside.mkdir()
    (outside / "w.html").write_bytes((site / "objects" / "w.html").read_bytes())
    shutil.rmtree(site / "objects")
    (site / "objects").symlink_to(outside)
    (site / EXPORT).unlink()
    (site / EXPORT).symlink_to(outside / "w.html")
    found = messages(site)
    assert "objects/w.html: lies behind a link" in found
    assert f"{EXPORT}: is a link" in found
    assert ("objects", False) in [*list_files(site)]


def test_what_cannot_be_read_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan, open_ = os.scandir, os.open

    def refuse(path: Path) -> object:
        if path.name == "objects":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    def refuse_file(path: Path, flags: int) -> int:
        if path.name == "style.css":
            raise PermissionError(13, "Permission denied")
        return open_(path, flags)

    monkeypatch.setattr("gaic.verify.reading.os.scandir", refuse)
    monkeypatch.setattr("gaic.verify.reading.os.open", refuse_file)
    found = messages(site)
    monkeypatch.undo()
    assert "objects/: cannot be read: permission denied" in found
    assert "style.css: cannot be read: permission denied" in found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX only")
def test_a_pipe_is_not_read(site: Path) -> None:
    (site / "style.css").unlink()
    os.mkfifo(site / "style.css")
    assert "style.css: is no regular file" in messages(site)


def test_a_folder_in_the_place_of_a_file(site: Path) -> None:
    (site / "style.css").unlink()
    (site / "style.css").mkdir()
    assert any(each.startswith("style.css: ") for each in messages(site))


def test_marks_that_act_on_a_terminal_are_shown(site: Path) -> None:
    def edit(export: Document) -> None:
        export["formulas"][5]["text"] = "\x1b[31m\u202e" + "x" * 500
        export["values"]["w.choice"]["value"]["value"] = 1.0

    text = tell(forge(site, edit))
    assert "<U+001B>[31m<U+202E>xxx" in text
    assert not set(text) & {"\x1b", "\u202e"}
    assert max(map(len, text.splitlines())) < 260
    assert escape("a\tb\nc") == "a b c"


def test_a_folder_without_evidence(tmp_path: Path, site: Path) -> None:
    with pytest.raises(NoEvidenceError, match="there is no such folder"):
        verify_site(tmp_path / "nowhere")
    with pytest.raises(NoEvidenceError, match="there is no such folder"):
        verify_site(site / "index.html")
    (site / MANIFEST).unlink()
    with pytest.raises(NoEvidenceError, match=r"no file evidence/manifest\.json") as caught:
        verify_site(site)
    assert caught.value.hint == "build it with `gaic build --evidence`"


def test_a_name_that_no_system_takes(tmp_path: Path) -> None:
    with pytest.raises(NoEvidenceError):
        verify_site(tmp_path / "a\0b")
