"""Keeps two builds out of one directory: a lock that the system takes back when a process ends, however it ends."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from gaic.source.diagnostic import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock_at_once(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_at_once(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


class BusyError(UsageError):
    """Another build is writing into the directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(f"another build is writing into {directory}; wait until it has finished, or use -o")


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock that the file stands for, and remove the file afterwards.

    Raises `BusyError` if it is held already, and `OSError` if the file cannot be made or locked.
    """
    descriptor = _take(path)
    try:
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be removed there, nor one that the next build waits for
            os.close(descriptor)
            with suppress(OSError):
                path.unlink()
        else:
            with suppress(OSError):
                path.unlink()
            os.close(descriptor)


def _take(path: Path) -> int:
    while True:
        descriptor = _open(path)
        try:
            _lock_at_once(descriptor)
            if _is_same_file(descriptor, path):
                return descriptor
        except OSError as error:
            os.close(descriptor)
            if error.errno in _TAKEN:
                raise BusyError(path.parent) from None
            raise
        os.close(descriptor)  # the build that held it has removed the file meanwhile


def _open(path: Path) -> int:
    """Open the file, which must be a regular one and no link."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise FileExistsError(errno.EEXIST, "is not a regular file", str(path))
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags, 0o666)


def _is_same_file(descriptor: int, path: Path) -> bool:
    """Say whether the path still leads to the open file; on Windows an open file cannot be replaced."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
