"""Shows on a terminal that long work goes on, and takes it away again."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from gaic.cli.terminal import escape_hidden, is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")

QUIET_FOR = 0.6
"""Seconds: shorter work shows nothing."""

EVERY = 0.1
"""Seconds between two pictures."""

ERASE = "\r\x1b[2K"


class Progress:
    """One line on stderr: what is being done, how much of it, and for how long."""

    def __init__(self, task: str) -> None:
        self.task = task
        self.count = 0
        self._begun = time.monotonic()
        self._done = threading.Event()
        self._shown = False
        self._painter = threading.Thread(target=self._paint, daemon=True)

    def begin(self, task: str) -> None:
        """Name the next piece of work."""
        self.task, self.count = task, 0

    def follow(self, items: Iterable[Item]) -> Iterator[Item]:
        """Count items as they are taken."""
        for item in items:
            self.count += 1
            yield item

    def start(self) -> None:
        """Begin to paint after a while."""
        self._painter.start()

    def stop(self) -> None:
        """Stop painting and erase the line."""
        self._done.set()
        self._painter.join()
        if self._shown:
            sys.stderr.write(ERASE)
            sys.stderr.flush()

    def _paint(self) -> None:
        if self._done.wait(QUIET_FOR):
            return
        while not self._done.wait(EVERY):
            count = f" {self.count:,}" if self.count else ""
            text = f"{self.task}{count} ({time.monotonic() - self._begun:.0f} s)"
            self._shown = True
            sys.stderr.write(ERASE + escape_hidden(text)[: shutil.get_terminal_size().columns - 1])
            sys.stderr.flush()


@contextmanager
def show_progress(task: str, *, quiet: bool) -> Iterator[Progress]:
    """Show progress while the block runs, if stderr is a terminal and the user does not want it quiet."""
    progress = Progress(task)
    if quiet or not is_terminal(sys.stderr):
        yield progress
        return
    progress.start()
    try:
        yield progress
    finally:
        progress.stop()
