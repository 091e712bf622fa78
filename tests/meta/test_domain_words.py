"""Python knows operators, time and graphs; what the library declares is not named in the compiler.

Every name that `stdlib/` declares is looked up, as a sequence of words, in the identifiers and strings (docstrings
too) of the Python code and in every line of the templates, styles and scripts: `carbon_intensity` is found in
`CarbonIntensity` and in "carbon intensity". A plural counts as its singular. `ALLOWED` lists words that mean something
else in a compiler.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# Words of a declared name (small, singular) -> what they mean in the compiler.
ALLOWED: Mapping[str, str] = {
    "box": "a box of a picture, and of the css box model",
    "byte": "what files are read as and hashes are taken of",
    "component": "a knot of the graph whose columns depend on each other in a circle",
    "compute": "to work out a value, the verb",
    "core": "the checked expressions, without the sugar of the text",
    "count": "built-in function of the language",
    "data": "files of numbers beside a model, and data classes",
    "day": "of the calendar: clocks, zones and shapes know it",
    "device": "a special file of the system, which is refused",
    "europe": "the region in names of IANA zones, in an example",
    "hour": "the axis of every series is whole hours",
    "length": "of a text or a series",
    "min": "built-in function of the language",
    "minute": "of the clock, in rows of shapes and in instants",
    "model": "what a user writes: the project that is compiled",
    "month": "a period of the language: month(2026, 3)",
    "percent": "the sign behind a relative end of an uncertain value",
    "place": "of a node in its text",
    "power": "a factor with its exponent",
    "ratio": "built-in function of the language",
    "run": "to evaluate the graph",
    "second": "the one after the first",
    "share": "of a day's volume in a row of a shape, of a total in a bar",
    "start": "the first hour of a series, the first character of a span",
    "step": "one move of a search or of the compiler",
    "storage": "localStorage, where the browser keeps light or dark",
    "time": "one of the few things that the compiler knows",
    "timezone": "a field of studies and shapes, which are of the language",
    "token": "what the lexer cuts a text into",
    "total": "built-in function of the language, and its sums",
    "try": "the keyword of JavaScript",
    "use": "of a name, at a place in the text",
    "user": "the person who wrote the model",
    "week": "168 hours of a local clock, a form of values in the language",
    "written": "as it stands in the text",
    "year": "a period of the language: year(2026)",
}

# Names this short are symbols of units (`s`, `kg`); as words they would be found in every loop.
SHORTEST = 3

# A reason has at least this many words.
SHORTEST_REASON = 3

BINARY = frozenset({".ico", ".npz", ".png", ".woff2"})

# Pages of diagnostic codes show models, so they name what the library declares; no code depends on their words.
PAGES = "*/source/rules/*.md"

COMMENT_OR_STRING = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*')
ENTRY = re.compile(
    r"^\s*(?:template\s+)?(?:abstract\s+)?"
    r"(?:assert|back|calc|category|criterion|dimension|input|kind|let|phase|quantity|ref|set|shape|source|unit)"
    r"\s+(?P<names>[^\W\d]\w*(?:[^\S\n]+[^\W\d]\w*)*)",
    re.MULTILINE,
)
CHOICES = re.compile(r"^\s*input\s+\w+\s*:\s*(?P<names>[a-z_]\w*(?:\s*\|\s*[a-z_]\w*)+)", re.MULTILINE)
OBJECT = re.compile(
    r"^(?:template[^\S\n]+)?[a-z_][\w.]*[^\S\n]+(?P<names>[^\W\d]\w*)\s*(?:\"\")?\s*(?:extends\b[^{\n]*)?\{",
    re.MULTILINE,
)
CLAUSES = frozenset({"counts", "extends", "from", "note", "prefixes", "within"})
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")

Phrase = tuple[str, ...]
Place = tuple[str, int]


def phrase(text: str) -> Phrase:
    """Words of a name or sentence: split at everything but letters and digits and at humps, small, singular."""
    return tuple(singular(word.lower()) for word in WORD.findall(text))


def singular(word: str) -> str:
    """Drop the `s` of a plural; the same for both sides of a comparison, so it need not be good English."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > SHORTEST and word.endswith("s") and not word.endswith("ss") else word


def declared_names(text: str) -> set[str]:
    """All names that a `.gai` text declares, from its lines alone (the compiler is not asked)."""
    bare = COMMENT_OR_STRING.sub(lambda found: '""' if found[0].startswith('"') else "", text)
    lines = re.sub(r"(?<=[{};])", "\n ", bare)
    names: set[str] = set()
    for pattern, source in ((ENTRY, lines), (CHOICES, lines), (OBJECT, bare)):
        for found in pattern.finditer(source):
            for name in re.findall(r"\w+", found["names"]):
                if name in CLAUSES:
                    break
                names.add(name)
    return {name for name in names if len(name) >= SHORTEST}


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of everything a file says: identifiers and strings of Python, each line of anything else."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from enumerate(text.splitlines(), start=1)
        return
    for node in ast.walk(ast.parse(text)):
        line = getattr(node, "lineno", 1)
        for _, value in ast.iter_fields(node):
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str):
                    yield line, item


def occurrences(declared: Iterable[str], texts: Iterable[tuple[Place, str]]) -> dict[str, list[Place]]:
    """Where the declared names occur, as whole sequences of words; keyed by these words."""
    wanted = {phrase(name) for name in declared}
    longest = max(map(len, wanted), default=0)
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place, text in texts:
        words = phrase(text)
        for start in range(len(words)):
            for length in range(1, longest + 1):
                name = words[start : start + length]
                if name in wanted and place not in found[" ".join(name)]:
                    found[" ".join(name)].append(place)
    return dict(found)


@pytest.fixture(scope="module")
def in_compiler(repository: Path) -> dict[str, list[Place]]:
    """Names of the library that occur in the compiler."""
    declared: set[str] = set()
    for path in (repository / "stdlib").rglob("*.gai"):
        declared |= declared_names(path.read_text(encoding="utf-8"))
    assert {"carbon_intensity", "france", "genai_job", "gwp"} <= declared, "the library was not read well"
    files = [path for path in sorted((repository / "dsl" / "gaic").rglob("*")) if path.is_file()]
    texts = (
        ((path.relative_to(repository).as_posix(), line), text)
        for path in files
        if path.suffix not in BINARY and "__pycache__" not in path.parts and not path.match(PAGES)
        for line, text in spoken(path)
    )
    return occurrences(declared, texts)


def test_no_name_of_the_library_occurs_in_the_compiler(in_compiler: dict[str, list[Place]]) -> None:
    foreign = {name: places for name, places in in_compiler.items() if name not in ALLOWED}
    report = [
        f"{name}: {len(places)} times, first {', '.join(f'{file}:{line}' for file, line in places[:4])}"
        for name, places in sorted(foreign.items())
    ]
    assert not report, "names that stdlib/ declares occur in dsl/gaic:\n" + "\n".join(report)


def test_every_exception_is_needed(in_compiler: dict[str, list[Place]]) -> None:
    assert sorted(ALLOWED.keys() - in_compiler.keys()) == []


def test_every_exception_has_a_reason() -> None:
    assert [name for name, reason in ALLOWED.items() if len(reason.split()) < SHORTEST_REASON] == []


SAMPLE = """
## A comment that says kind imaginary {
unit tonne t tn : Mass prefixes k = 1000 kg
quantity Heat : kWh; quantity Share : count
abstract kind oven extends thing {   # input hidden
  category = baking
  input baking_mode : slow | on_stone = slow; ref  place : shop?
  calc heat_loss[p in places] : amount Heat counts gwp use = nothing
  assert works: true else error "calc wrong : x"
}
criterion gwp "Climate" {}
template oven big_oven "Big" extends small_oven {
  place = corner_shop
}
oven tiny {}
let rest_time : Time = 1 s
"""


def test_names_are_collected_from_the_text() -> None:
    kinds_and_quantities = {"oven", "tonne", "Heat", "Share"}
    attributes = {"baking_mode", "slow", "on_stone", "place", "heat_loss", "works", "rest_time"}
    assert declared_names(SAMPLE) == kinds_and_quantities | attributes | {"gwp", "big_oven", "tiny"}


@pytest.mark.parametrize(
    "text", ["carbon_intensity", "CarbonIntensity", "of carbon intensities", "x.carbon-intensity_z"]
)
def test_a_name_is_found_as_a_sequence_of_words(text: str) -> None:
    assert occurrences({"carbon_intensity"}, [(("a.py", 1), text)]) == {"carbon intensity": [("a.py", 1)]}


@pytest.mark.parametrize("text", ["carbon", "intensity of carbon", "hydrocarbon_intensity", "networkx"])
def test_a_part_of_a_name_or_of_a_word_is_no_name(text: str) -> None:
    assert occurrences({"carbon_intensity", "network"}, [(("a.py", 1), text)]) == {}


def test_a_plural_is_found() -> None:
    assert occurrences({"server"}, [(("a.css", 1), ".Servers { color: red }")]) == {"server": [("a.css", 1)]}
