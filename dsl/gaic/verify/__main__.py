"""`python -m gaic.verify DIR`: the verification alone, where nothing but Python and this folder is at hand."""

from __future__ import annotations

import sys
from pathlib import Path

from gaic.verify.faults import NoEvidenceError
from gaic.verify.site import verify_site
from gaic.verify.told import escape, tell


def main(arguments: list[str]) -> int:
    """Verify the site of one folder: 0 if all agrees, 4 if something differs, 2 for wrong use."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m gaic.verify DIR\n")
        return 2
    try:
        report = verify_site(Path(arguments[0]))
    except NoEvidenceError as error:
        sys.stderr.write(f"error: {escape(str(error))}\n")
        if error.hint:
            sys.stderr.write(f"help: {error.hint}\n")
        return 2
    sys.stdout.write(tell(report) + "\n")
    return 4 if report.differences else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # both are texts
    sys.exit(main(sys.argv[1:]))
