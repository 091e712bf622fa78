"""An error in gaic itself: says so once, and leaves a report that its user can read and send.

The report holds versions, the command line, limits and the places in the code that the error came through. It does not
hold the text of the model, environment variables, a time, or the folders in which Python and gaic lie: the same error
leaves the same report, whose name has a hash of its content. It is written into the current folder and nowhere else;
where that fails it is printed.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import stat
import sys
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb, format_exception
from typing import TYPE_CHECKING, TextIO

from gaic import __version__
from gaic.cli.terminal import escape_hidden, print_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from traceback import FrameSummary

    from gaic.cli.options import Settings

LIBRARIES = ("click", "jinja2", "lark", "networkx", "numpy", "pint", "pydantic", "tzdata")

MOST_PLACES = 40
"""Of an error: half of them from its beginning, half from its end."""

LONGEST_MESSAGE = 300
"""Characters of the message of an error; it may quote what it stumbled over."""

LONGEST_CHAIN = 10

PRIVACY = """\
It holds what stands here and nothing else: not the text of your model, no environment variables, no time. The command
line and the message of the error may name a file or quote a word of your model: read them before you send this.
"""


def tell_internal(error: Exception, settings: Settings, arguments: Sequence[str] | None) -> None:
    """Say that gaic has failed, and what to do; never raises, whatever is closed, full or read-only.

    `arguments` are those of the command; None means those of the process.
    """
    report = _compose(error, settings, sys.argv[1:] if arguments is None else arguments)
    path = _save(report)
    with suppress(OSError, ValueError, MemoryError, RecursionError):
        print_message(f"internal error: {_headline(error)}")
        print_message("This is a fault of gaic, not of your model. Please report it.")
        if path is None:
            print_message(f"The report cannot be written into this folder, so here it is:\n\n{report}")
        else:
            print_message(
                f"Send {path} along: it holds versions, the command line and the places in the code, not your model."
            )
        if settings.verbose:
            print_message("".join(format_exception(error)).rstrip())
        elif path is not None:
            print_message("The same command with -v prints the traceback.")
    _release(sys.stderr)
    _release(sys.stdout)


def _compose(error: Exception, settings: Settings, arguments: Sequence[str]) -> str:
    """The text of the report; in short where even that fails."""
    try:
        return "".join(escape_hidden(line) + "\n" for line in _lines(error, settings, arguments))
    except Exception as second:  # noqa: BLE001 - an error while an error is told must not hide the first one
        return f"gaic {__version__}: {type(error).__name__}; the report failed with {type(second).__name__}\n"


def _lines(error: Exception, settings: Settings, arguments: Sequence[str]) -> Iterator[str]:
    yield f"gaic {__version__}: internal error {type(error).__name__}"
    yield ""
    yield from PRIVACY.splitlines()
    yield ""
    yield f"command:  gaic {shlex.join(arguments)}"
    limits = ", ".join(f"{name}={number}" for name, number in sorted(settings.limits.items()))
    yield f"limits:   {limits or 'the usual ones'}"
    yield f"python:   {platform.python_implementation()} {platform.python_version()}"
    yield f"system:   {platform.system()} {platform.machine()}"
    yield f"packages: {', '.join(_versions())}"
    yield ""
    for number, each in enumerate(_chain(error)):
        if number:
            yield "before that:"
        yield _headline(each)
        yield from _places(extract_tb(each.__traceback__))


def _headline(error: BaseException) -> str:
    """Type and message of an error, on one line of bounded length."""
    name = type(error).__name__
    try:
        message = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - whatever went wrong in there is not the error to tell
        message = ""
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE] + "..."
    return f"{name}: {message}" if message else name


def _versions() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for name in LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} unknown"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those it came from."""
    each: BaseException | None = error
    seen: set[int] = set()
    while each is not None and id(each) not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _places(frames: Sequence[FrameSummary]) -> Iterator[str]:
    """Where an error came through, the outermost place first."""
    half = MOST_PLACES // 2
    if len(frames) <= MOST_PLACES:
        yield from _shown(frames)
        return
    yield from _shown(frames[:half])
    yield f"  ... {len(frames) - 2 * half} more ..."
    yield from _shown(frames[-half:])


def _shown(frames: Iterable[FrameSummary]) -> Iterator[str]:
    for frame in frames:
        yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}: {frame.line}"


def _short(file: str) -> str:
    """A file of code without the folder that Python found it in."""
    folders = sorted((folder for folder in sys.path if folder), key=len, reverse=True)
    for folder in folders:
        with suppress(ValueError):
            return Path(file).relative_to(folder).as_posix()
    return Path(file).name


def _save(report: str) -> str | None:
    """Write the report into the current folder; its name, or None where it cannot be written.

    A file that is there is never changed: it is the report itself, or it is in the way.
    """
    content = report.encode("utf-8", "backslashreplace")
    path = Path(f"gaic-crash-{hashlib.sha256(content).hexdigest()[:12]}.txt")
    try:
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        return path.name if _holds(path, content) else None
    except OSError:
        return None
    return path.name


def _holds(path: Path, content: bytes) -> bool:
    with suppress(OSError):
        state = path.lstat()
        return stat.S_ISREG(state.st_mode) and state.st_size == len(content) and path.read_bytes() == content
    return False


def _release(stream: TextIO | None) -> None:
    """Write what a stream still holds; lead one that cannot be written nowhere, or Python would fail at its end."""
    if stream is None:  # closed by the caller
        return
    with suppress(OSError, ValueError):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
