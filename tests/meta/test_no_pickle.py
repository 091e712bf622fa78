"""Nothing is pickled, and nothing is kept where everyone may write: whoever can write such a file could run code.

Python itself is read (what is imported, called and named), and a check, a build and an answer from the cache are run
with every door of `pickle` nailed shut.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORBIDDEN_MODULES = frozenset({"_pickle", "cloudpickle", "dbm", "dill", "joblib", "marshal", "pickle", "shelve"})
FORBIDDEN_NAMES = frozenset({"gettempdir", "gettempdirb", "mktemp", "tempdir"})
FORBIDDEN_PLACES = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - what nothing may name
LARK = frozenset({"Lark", "open", "open_from_package"})


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Line and word of everything in a Python text that pickles or leads to a folder that all share."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, each.name) for each in names if each.name.split(".")[0] in FORBIDDEN_MODULES)
            case ast.ImportFrom(module=module, names=names):
                if module and module.split(".")[0] in FORBIDDEN_MODULES:
                    yield node.lineno, module
                yield from ((node.lineno, each.name) for each in names if each.name in FORBIDDEN_NAMES)
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in FORBIDDEN_NAMES | FORBIDDEN_MODULES:
                yield node.lineno, name
            case ast.Constant(value=str(value)) if value in FORBIDDEN_MODULES or value.startswith(FORBIDDEN_PLACES):
                yield node.lineno, value
            case ast.Call(func=called, keywords=keywords):
                yield from ((node.lineno, said) for said in _arguments(called, keywords))
            case _:
                pass


def _arguments(called: ast.expr, keywords: list[ast.keyword]) -> Iterator[str]:
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    for keyword in keywords:
        off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        if (keyword.arg == "allow_pickle" or (keyword.arg == "cache" and name in LARK)) and not off:
            yield f"{keyword.arg}="


def test_the_compiler_pickles_nothing_and_keeps_nothing_where_all_may_write(repository: Path) -> None:
    found = [
        f"{path.relative_to(repository).as_posix()}:{line}: {word}"
        for path in sorted((repository / "dsl").rglob("*.py"))
        for line, word in faults(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "import pickle",
        "import pickle as p",
        "from marshal import loads",
        "import shelve",
        "import dbm.dumb",
        "__import__('pickle')",
        "import_module('_pickle')",
        "import tempfile; tempfile.gettempdir()",
        "from tempfile import gettempdir",
        "import tempfile; tempfile.tempdir",
        "tempfile.mktemp()",
        "Lark(grammar, cache=True)",
        "lark.Lark.open(grammar, cache='x')",
        "np.load(file, allow_pickle=True)",
        "open('/tmp/x')",
    ],
)
def test_each_of_these_is_found(text: str) -> None:
    assert list(faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "from tempfile import TemporaryDirectory",  # a new folder that nobody else may read
        "Lark(grammar, cache=False)",
        "np.load(file, allow_pickle=False)",
        "from functools import cache",
        "'without pickles'",
    ],
)
def test_none_of_these_is(text: str) -> None:
    assert list(faults(text)) == []


NAILED_SHUT = """
import pickle, shelve, sys
import _pickle
import jinja2  # pickles a number as it is imported, for a cache of its own that is off unless asked for

def refuse(*_, **__):
    raise SystemError("something is pickled")

for module in (pickle, _pickle):
    for name in ("dump", "dumps", "load", "loads", "Pickler", "Unpickler", "_Pickler", "_Unpickler"):
        if hasattr(module, name):
            setattr(module, name, refuse)
shelve.open = refuse
try:
    pickle.dumps(1)
except SystemError:
    pass
else:
    sys.exit("the door is open")
sys.argv = ["gaic", *sys.argv[1:]]
from gaic.cli.main import main
main()
"""


def test_nothing_is_pickled_while_a_model_is_checked_built_or_answered_from_the_cache(models: Path) -> None:
    for arguments in (("check",), ("check",), ("build", "-q", "--series")):
        finished = subprocess.run(
            [sys.executable, "-c", NAILED_SHUT, *arguments, "genai_job.gai"],
            cwd=models,
            capture_output=True,
            check=False,
            text=True,
        )
        assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")
    assert len(list((models / ".gaic" / "check").glob("*.checked"))) == 1
