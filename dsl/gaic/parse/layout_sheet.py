"""The lines of a laid-out text, with comments behind neighbouring lines in one column."""

from __future__ import annotations

from io import StringIO

_GAP = 2
"""Blanks between a line and the comment behind it."""


class Sheet:
    """Takes lines from top to bottom; a line waits until it is known whether a comment follows it."""

    def __init__(self) -> None:
        self._written = StringIO()
        self._waiting: str | None = None
        self._commented: list[tuple[str, str]] = []
        self._empty = True

    def add(self, line: str, *, apart: bool) -> None:
        """A line, below a blank line where it stands apart."""
        if self._waiting is not None or apart or _indentation(line) != self._indentation():
            self._settle()
        if apart and not self._empty:
            self._written.write("\n")
        self._waiting = line
        self._empty = False

    def add_comment(self, line: str, *, apart: bool) -> None:
        """A comment of its own line, with its indentation."""
        self._settle()
        if apart and not self._empty:
            self._written.write("\n")
        self._written.write(line + "\n")
        self._empty = False

    def comment_on(self, comment: str) -> bool:
        """Put a comment behind the last line; False where that has one or there is none."""
        if self._waiting is None:
            return False
        self._commented.append((self._waiting, comment))
        self._waiting = None
        return True

    def text(self) -> str:
        """All lines."""
        self._settle()
        return self._written.getvalue()

    def _indentation(self) -> int:
        return _indentation(self._commented[-1][0]) if self._commented else -1

    def _settle(self) -> None:
        """Write the lines that wait."""
        if self._commented:
            column = max(_last_width(line) for line, _ in self._commented) + _GAP
            for line, comment in self._commented:
                self._written.write(f"{line}{' ' * (column - _last_width(line))}{comment}\n")
            self._commented = []
        if self._waiting is not None:
            self._written.write(self._waiting + "\n")
            self._waiting = None


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _last_width(line: str) -> int:
    return len(line) - line.rfind("\n") - 1
