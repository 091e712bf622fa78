"""Write models/genai_job_starts.csv: the hourly starts of the conformance case behind models/genai_job.gai.

Run `python -m tools.make_genai_job_starts v13_seed000_genai_job.json`. The case gives its series as a formula:
hour i has `offset` plus, for each term, x = (a*i + b) mod p and then scale * ((x*x mod p) mod k); single hours are set
afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.text import ROOT, TableError

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTPUT = ROOT / "models" / "genai_job_starts.csv"


def main() -> int:
    """Read the case named on the command line, write the table of starts."""
    parser = argparse.ArgumentParser(description="Write models/genai_job_starts.csv.")
    parser.add_argument("case", type=Path, help="v13_seed000_genai_job.json")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    case = json.loads(options.case.read_text(encoding="utf-8"))
    try:
        starts = compute_starts(case["inputs"]["series"]["visits"])
    except TableError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    text = "".join(f"{line}\n" for line in ("starts", *starts))
    options.output.write_text(text, encoding="utf-8", newline="\n")
    return 0


def compute_starts(series: Mapping[str, Any]) -> list[int]:
    """Compute the starts of each hour, in whole numbers."""
    starts = []
    for hour in range(series["n"]):
        value = series["formula"]["offset"]
        for term in series["formula"]["terms"]:
            if term["kind"] != "hash":
                raise TableError(term["kind"], "this script computes terms of the kind `hash` only")
            mixed = (term["a"] * hour + term["b"]) % term["p"]
            value += term["scale"] * (mixed * mixed % term["p"] % term["k"])
        starts.append(value)
    for hour, value in series["set"]:
        starts[hour] = value
    return starts


if __name__ == "__main__":
    sys.exit(main())
