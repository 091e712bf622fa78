"""`python -m tests.conformance [--attribution] [CASE ...]`: imports every case, compares it, prints what is wrong.

The last columns are the worst distances: numbers and sums relative, hours and hours of stocks relative to the maximum
of their series. `--attribution` adds, for information, how far apart the parts are that each cause has.
"""

from __future__ import annotations

import argparse
import sys

from tests.conformance.report import report

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("case", nargs="*", help="names of cases; all without any")
    parser.add_argument("--attribution", action="store_true", help="compare who causes how much, too")
    options = parser.parse_args()
    sys.exit(report(options.case, attribution=options.attribution))
