"""The secret of this user on this machine, with which answers in the caches of projects are sealed."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

import click

from gaic.api.cache_folder import OPENING

NAME = "cache-secret"
LENGTH = 32
PRIVATE = 0o700
OTHERS = 0o077


def read_secret() -> bytes | None:
    """The secret, made on first use in the user's folder for settings; None where it cannot be kept to the user."""
    path = Path(click.get_app_dir("gaic")) / NAME
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    except OSError:
        return None
    with suppress(OSError):
        _make(path)
        return _read(path)  # of two that are made at the same time the later one stays
    return None


def _read(path: Path) -> bytes | None:
    """The secret of a regular file that nobody else may read."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return None
    with os.fdopen(os.open(path, os.O_RDONLY | OPENING), "rb") as file:
        state = os.fstat(file.fileno())
        if os.name != "nt" and (state.st_uid != os.geteuid() or state.st_mode & OTHERS):
            return None
        secret = file.read(LENGTH + 1)
    return secret if len(secret) == LENGTH else None


def _make(path: Path) -> None:
    path.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    beside = path.with_name(f"{NAME}-{os.urandom(8).hex()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPENING, 0o600), "wb") as file:
            file.write(os.urandom(LENGTH))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
