"""Fuzz the check with coverage as guide, for some seconds: `python tools/fuzz.py 60`.

Needs atheris, which is no dependency of gaic (`pip install atheris`); without it the program says so and ends well. It
starts from the models of the repository. A text that makes gaic raise is written by atheris into the working directory.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 4096


def check(raw: bytes) -> None:
    """Check a text; an exception is a find."""
    from gaic.api.compile import check_model
    from gaic.source.diagnostic import has_errors
    from gaic.source.render import render_full

    with TemporaryDirectory() as folder:
        model = Path(folder) / "model.gai"
        model.write_bytes(raw)
        outcome = check_model(model)
        render_full(outcome.diagnostics, colour=True)
        if outcome.program is None and not has_errors(outcome.diagnostics):
            message = "no values and no errors"
            raise AssertionError(message)


def main(seconds: int) -> None:
    """Fuzz for so many seconds."""
    if find_spec("atheris") is None:
        print("skipped: atheris is not installed")
        return
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["gaic"]):
        import_module("gaic.api.compile")
    with TemporaryDirectory() as corpus:
        for model in (*(ROOT / "models").glob("*.gai"), *(ROOT / "tests" / "cases").rglob("*.gai")):
            (Path(corpus) / model.name).write_bytes(model.read_bytes()[:MOST_BYTES])
        options = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-rss_limit_mb=4096", "-timeout=20"]
        atheris.Setup([sys.argv[0], *options, corpus], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
