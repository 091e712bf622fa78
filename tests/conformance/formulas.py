"""Series of a case written out in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conformance.cases import Json


def write_out(series: Json) -> list[float]:
    """The values of a series that is a list, a constant, runs or a formula, with single hours overwritten."""
    n = series["n"]
    if "values" in series:
        values = [float(value) for value in series["values"]]
    elif "constant" in series:
        values = [float(series["constant"])] * n
    elif "runs" in series:
        values = [float(value) for value, count in series["runs"] for _ in range(count)]
    else:
        values = _compute(series["formula"], n)
    for i, value in series.get("set", ()):
        values[i] = float(value)
    assert len(values) == n
    return values


def _compute(formula: Json, n: int) -> list[float]:
    values = []
    for i in range(n):
        value = formula.get("offset", 0) + sum(_term(term, i) for term in formula["terms"])
        value = value / formula["divide_by"] if "divide_by" in formula else value
        values.append(float(max(value, formula["clip_min"]) if "clip_min" in formula else value))
    return values


def _term(term: Json, i: int) -> int:
    scale: int = term.get("scale", 1)
    return scale * _base(term, i)


def _base(term: Json, i: int) -> int:
    kind = term["kind"]
    if kind == "cycle":
        return int(term["values"][i % len(term["values"])])
    place: int = term["a"] * i + term.get("b", 0)
    if kind == "mod":
        return place % int(term["m"])
    if kind == "floordiv":
        return place // int(term["m"])
    assert kind == "hash", kind
    x = place % int(term["p"])
    return x * x % int(term["p"]) % int(term["k"])
