"""A model and the files beside it are written as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaic.api.directory import UnwritableError
from gaic.api.saving import ExistsError, save_model

FILES = {"m.a.csv": "a\n1\n", "m.b.csv": "b\n2\n"}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_model_and_files_are_there(tmp_path: Path) -> None:
    save_model(tmp_path / "m.gai", "text é\n", FILES)
    assert (tmp_path / "m.gai").read_bytes() == "text é\n".encode()
    assert (tmp_path / "m.b.csv").read_text() == "b\n2\n"
    assert names(tmp_path) == ["m.a.csv", "m.b.csv", "m.gai"]


@pytest.mark.parametrize("there", ["m.gai", "m.b.csv"])
def test_nothing_is_replaced_unless_that_is_meant(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("old")
    with pytest.raises(ExistsError, match="is there already") as raised:
        save_model(tmp_path / "m.gai", "new\n", FILES)
    assert raised.value.exit_code == 2
    assert "--force" in raised.value.hint
    assert names(tmp_path) == [there]
    save_model(tmp_path / "m.gai", "new\n", FILES, force=True)
    assert (tmp_path / "m.gai").read_text() == "new\n"
    assert len(names(tmp_path)) == 3


def test_what_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnwritableError, match="cannot be written"):
        save_model(tmp_path / "none" / "m.gai", "new\n", FILES)
    (tmp_path / "m.gai").mkdir()
    with pytest.raises(UnwritableError, match="it is a folder"):
        save_model(tmp_path / "m.gai", "new\n", FILES, force=True)
    assert names(tmp_path) == ["m.gai"]
    (tmp_path / "m.gai").rmdir()

    def fail(self: Path, _: Path) -> None:
        raise OSError(28, "No space left", str(self))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UnwritableError, match="no space left"):
        save_model(tmp_path / "m.gai", "new\n", FILES)
    assert names(tmp_path) == []


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "far").write_text("far")
    (tmp_path / "m.gai").symlink_to(tmp_path / "far")
    with pytest.raises(ExistsError):
        save_model(tmp_path / "m.gai", "new\n", {})
    save_model(tmp_path / "m.gai", "new\n", {}, force=True)
    assert (tmp_path / "far").read_text() == "far"
    assert not (tmp_path / "m.gai").is_symlink()


@pytest.mark.parametrize("name", ["m.gai", "m.b.csv"])
def test_a_file_of_somebody_else_stays(tmp_path: Path, name: str) -> None:
    other = tmp_path / f"{name}.gaic-new"
    other.write_text("of somebody else")
    with pytest.raises(UnwritableError) as raised:
        save_model(tmp_path / "m.gai", "new\n", FILES)
    assert str(raised.value).startswith(f"{tmp_path / name} cannot be written: {name}.gaic-new is in the way")
    assert names(tmp_path) == [other.name]
    assert other.read_text() == "of somebody else"


def test_what_was_begun_is_taken_away_again(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        save_model(tmp_path / "m.gai", "lone \ud800", FILES)
    assert names(tmp_path) == []
    with pytest.raises(UnwritableError, match=r"x{300}\.csv cannot be written: file name too long"):
        save_model(tmp_path / "m.gai", "new\n", FILES | {"x" * 300 + ".csv": ""})
    assert names(tmp_path) == []
