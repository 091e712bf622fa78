"""The secret that seals answers: made once, for this user alone, and never insisted on."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import click
import pytest

from gaic.cli.secret import read_secret

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the secret lies."""
    monkeypatch.setattr(click, "get_app_dir", lambda name: str(tmp_path / "settings" / name))
    return tmp_path / "settings" / "gaic" / "cache-secret"


def test_it_is_made_once(place: Path) -> None:
    secret = read_secret()
    assert secret is not None
    assert len(secret) == 32
    assert read_secret() == secret == place.read_bytes()
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    place.unlink()
    assert read_secret() not in {secret, None}


@posix
def test_it_is_for_its_user_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_secret()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    for mode in (0o640, 0o604, 0o620):
        place.chmod(mode)
        assert read_secret() is None
    place.chmod(0o600)
    assert read_secret() is not None
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert read_secret() is None


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_another_content_is_no_secret(place: Path, content: bytes) -> None:
    read_secret()
    place.write_bytes(content)
    assert read_secret() is None
    assert place.read_bytes() == content


@posix
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_no_secret(place: Path, kind: str) -> None:
    place.parent.mkdir(parents=True)
    match kind:
        case "link":
            (place.parent / "far").write_bytes(b"x" * 32)
            place.symlink_to("far")
        case "pipe":
            os.mkfifo(place)
        case _:
            place.mkdir()
    assert read_secret() is None


def test_where_it_cannot_be_kept_there_is_none(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.parent.parent.write_text("in the way")
    assert read_secret() is None
    place.parent.parent.unlink()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    assert read_secret() is None
    assert list(place.parent.iterdir()) == []
