"""`.gaic/`: a folder under the project root in which gaic keeps what it can make again.

It may be deleted at any time, and where it cannot be read or written everything works without it. A project may come
from anybody, this folder included, so nothing goes through links, folders of other users are left alone, and an entry
counts only with a seal (HMAC-SHA256) made with the secret of this user on this machine: whoever writes a project cannot
write an answer to it. Who can read the user's secret can, and can as well change gaic itself.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.api.directory import is_real_folder
from gaic.api.lock import BusyError, hold_lock

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".gaic"
IGNORED = ".gitignore"
LOCK = "lock"
UNFINISHED = "new"
ENDING = ".checked"

LARGEST_ENTRY = 2_000_000
"""Bytes: a larger answer is not kept."""

MOST_ENTRIES = 64
MOST_BYTES = 16_000_000
"""Of all entries together; the oldest are dropped."""

OPENING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags with which a file is opened that somebody else may have put there: through no link, and waiting for nobody."""

_NAME = re.compile(r"[0-9a-f]{32}\.checked")
_SEAL = 64


@dataclass(frozen=True, slots=True)
class CacheFolder:
    """The entries of one sort under a project root, sealed with `secret`."""

    root: Path
    sort: str
    secret: bytes

    @property
    def _folder(self) -> Path:
        return self.root / FOLDER / self.sort

    def read(self, question: bytes) -> bytes | None:
        """The entry of a question; None if there is none with our seal."""
        with suppress(OSError):
            if _is_ours(self.root / FOLDER) and _is_ours(self._folder):
                content = _read_file(self._path(question))
                seal, body = content[:_SEAL], content[_SEAL:]
                if hmac.compare_digest(seal, self._seal(body)):
                    return body.removeprefix(b"\n")
        return None

    def write(self, question: bytes, body: bytes) -> None:
        """Keep the entry of a question, if that can be done."""
        body = b"\n" + body
        content = self._seal(body) + body
        if len(content) > LARGEST_ENTRY:
            return
        with suppress(OSError, BusyError):
            if not self._prepare():
                return
            with hold_lock(self._folder / LOCK):
                unfinished = self._folder / UNFINISHED
                unfinished.unlink(missing_ok=True)
                try:
                    _write_new(unfinished, content)
                    unfinished.replace(self._path(question))
                finally:
                    unfinished.unlink(missing_ok=True)
                self._drop_old()

    def _seal(self, body: bytes) -> bytes:
        return hmac.digest(self.secret, body, "sha256").hex().encode()

    def _path(self, question: bytes) -> Path:
        return self._folder / (hashlib.sha256(question).hexdigest()[:32] + ENDING)

    def _prepare(self) -> bool:
        """Make the folders; say whether they are there and ours."""
        outer = self.root / FOLDER
        for folder in (outer, self._folder):
            with suppress(FileExistsError):
                folder.mkdir()
            if not _is_ours(folder):
                return False
            if folder is outer:
                with suppress(FileExistsError):  # keeps the folder out of the project's history
                    _write_new(outer / IGNORED, b"*\n")
        return True

    def _drop_old(self) -> None:
        entries = [path for path in self._folder.iterdir() if _NAME.fullmatch(path.name)]
        states = [(path.lstat(), path) for path in entries]
        room = MOST_BYTES
        for rank, (state, path) in enumerate(sorted(states, key=lambda each: (-each[0].st_mtime_ns, each[1]))):
            room -= state.st_size
            if rank >= MOST_ENTRIES or room < 0:
                path.unlink()


def _is_ours(folder: Path) -> bool:
    """Say whether a path is a real folder of this user; Windows keeps other users out in its own way."""
    return is_real_folder(folder) and (os.name == "nt" or folder.lstat().st_uid == os.geteuid())


def _read_file(path: Path) -> bytes:
    """The content of a regular file that is not too large, empty of any other; raises `OSError`."""
    state = path.lstat()
    if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST_ENTRY:
        return b""
    with os.fdopen(os.open(path, os.O_RDONLY | OPENING), "rb") as file:
        return file.read(LARGEST_ENTRY + 1)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; raises `OSError`."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPENING, 0o666), "wb") as file:
        file.write(content)
