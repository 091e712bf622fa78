"""Whatever is changed in a built site is found, and named; also where all hashes are made to fit."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from gaic.verify.site import verify_site
from gaic.verify.told import tell
from tests.unit.verify.sites import EXPORT, MANIFEST, build, change, forge, hide, read, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.verify.sites import Document


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small"), series=True)


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "site")


def test_an_honest_site_agrees(site: Path) -> None:
    report = verify_site(site)
    assert report.differences == []
    listed = len(read(site, MANIFEST)["outputs"])
    assert (report.files, report.values, report.skipped) == (listed, len(read(site, EXPORT)["values"]), 0)
    assert report.hours > 100
    assert "agree with the evidence" in tell(report)


def put(items: list[Any], place: int, *, to: object) -> None:
    items[place] = to


def found(report: Any) -> list[tuple[str, str]]:
    return [(each.what, each.message) for each in report.differences if each.file == EXPORT]


def edit_value(path: str, **parts: object) -> Callable[[Document], None]:
    def edit(export: Document) -> None:
        export["values"][path]["value"].update(parts)

    return edit


# ---------------------------------------------------------------- what the export says


def test_a_value(site: Path) -> None:
    report = forge(site, edit_value("w.choice", value=7.5))
    (difference,) = [each for each in report.differences if each.file == EXPORT]
    assert (difference.what, difference.message, difference.place) == ("w.choice", "differs", "model.gai:18")
    assert (difference.exported, difference.recomputed) == ("7.5", "7")
    assert difference.formula == "if total_size > 3 then total_size - 1 else bound"


def test_a_value_that_is_a_billionth_off_is_not_the_same(site: Path) -> None:
    value = read(site, EXPORT)["values"]["w.highest"]["value"]["value"]
    assert found(forge(site, edit_value("w.highest", value=value * (1 + 3e-9)))) == [("w.highest", "differs")]


@pytest.mark.parametrize(
    ("part", "by", "message"),
    [
        ("max", lambda v: v + 1, "differs in its highest hour"),
        ("min", lambda v: v - 1, "differs in its lowest hour"),
        ("mean", lambda v: v * 1.0001, "differs in its mean"),
        ("first10", lambda v: [v[0] + 1, *v[1:]], "differs in its first10[0]"),
        ("last10", lambda v: [*v[:-1], v[-1] + 1], "differs in its last10[5]"),
        ("last10", lambda v: v[:-1], "differs in last10"),
    ],
)
def test_an_hour(site: Path, part: str, by: Callable[[Any], object], message: str) -> None:
    def edit(export: Document) -> None:
        summary = export["values"]["w.busy"]["value"]["summary"]
        summary[part] = by(summary[part])

    assert found(forge(site, edit)) == [("w.busy", message)]


def test_the_sum_of_an_amount(site: Path) -> None:
    def edit(export: Document) -> None:
        export["values"]["w.moved"]["value"]["summary"]["sum"] += 1

    assert found(forge(site, edit)) == [("w.moved", "differs in its sum")]

    def leave_out(export: Document) -> None:
        del export["values"]["w.moved"]["value"]["summary"]["sum"]

    assert found(forge(site, leave_out)) == [("w.moved", "has no sum")]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"n": 7}, "differs in its length"),
        ({"start": "2026-03-28T21:00:00Z"}, "differs in its first hour"),
        ({"start": "2026-03-28T22:00:00"}, "differs in its first hour"),
    ],
)
def test_the_extent_of_a_series(site: Path, parts: dict[str, object], message: str) -> None:
    assert found(forge(site, edit_value("w.stock", **parts))) == [("w.stock", message)]


def test_an_input_and_what_rests_on_it(site: Path) -> None:
    def edit(export: Document) -> None:
        export["values"]["b.size"]["exact"] = 3.5

    names = [name for name, _ in found(forge(site, edit))]
    assert names[0] == "b.size"
    assert {"w.total_size", "w.large", "w.most", "w.each[b]"} <= set(names)
    assert "w.each[a]" not in names


def test_an_hourly_input(site: Path) -> None:
    def edit(export: Document) -> None:
        export["series"][0]["values"][2] = 9

    names = [name for name, _ in found(forge(site, edit))]
    assert names[0] == "w.starts"
    assert {"w.moved", "w.busy", "w.stock"} <= set(names)


def test_a_constant_of_a_formula(site: Path) -> None:
    def edit(export: Document) -> None:
        tree_of(export, "w.choice")[3][2] = 1.5

    assert found(forge(site, edit)) == [("w.choice", "differs")]


def test_a_condition(site: Path) -> None:
    def edit(export: Document) -> None:
        tree_of(export, "w.choice")[2][2] = 300.0

    wrong = "cannot be computed: it takes the wrong branch of `if`: the condition is false"
    assert found(forge(site, edit)) == [("w.choice", wrong)]


@pytest.mark.parametrize(
    ("path", "edit", "message"),
    [
        ("w.large", lambda tree: put(tree[3][0], 1, to=True), "takes the wrong members: the condition is false"),
        ("w.least", lambda tree: tree.pop(), "takes for set what is not"),
        ("w.most", lambda tree: tree.append(5.0), "takes for unset what is set"),
        ("w.first_of", lambda tree: put(tree[3][0][2], 2, to=True), "takes the wrong side of `or`"),
        ("w.known", lambda tree: put(tree[1][1], 1, to=False), "is wrong on what is given"),
        ("w.moved", lambda tree: put(tree, 1, to="make_up"), "calls a function that the language does not have"),
        ("w.moved", lambda tree: tree[2].append(1.0), "calls `to_utc` with what that does not take"),
        ("w.busy", lambda tree: put(tree[2], 1, to=-1.0), "asks for a time below 0"),
        ("w.busy", lambda tree: put(tree[2], 1, to=1e300), "a series has more than 1,000,000 hours"),
        ("w.pieces", lambda tree: put(tree[2][0], 2, to=0.0), "divides by zero"),
        ("w.choice", lambda tree: put(tree[3], 0, to="%"), "is no formula that this version of gaic knows"),
        ("w.choice", lambda tree: put(tree[3], 2, to=["read", 7]), "reads what the export does not have"),
        ("w.choice", lambda tree: put(tree[3], 2, to=["nothing"]), None),
        ("w.many", lambda tree: put(tree, 1, to="product"), "gathers in a way that the language does not have"),
        ("w.total_size", lambda tree: put(tree[3], 0, to="word"), "takes for a number what is none"),
        ("w.stock", lambda tree: put(tree[2], 0, to=4.0), "takes for a series what is none"),
    ],
)
def test_a_formula(site: Path, path: str, edit: Callable[[list[Any]], object], message: str | None) -> None:
    report = forge(site, lambda export: edit(tree_of(export, path)))
    first = next(each for each in report.differences if each.file == EXPORT)
    assert first.what == path
    assert first.message.startswith("differs") if message is None else message in first.message


def test_what_a_formula_reads(site: Path) -> None:
    def edit(export: Document) -> None:
        export["values"]["w.choice"]["arguments"] = ["w.most"]

    wrong = "cannot be computed: it takes the wrong branch of `if`: the condition is false"
    assert found(forge(site, edit)) == [("w.choice", wrong)]


def test_what_is_not_there(site: Path) -> None:
    def edit(export: Document) -> None:
        export["values"]["w.choice"]["arguments"] = ["w.gone"]

    assert found(forge(site, edit)) == [("w.choice", "reads w.gone, which the export does not have")]


def test_a_weight(site: Path) -> None:
    def edit(export: Document) -> None:
        export["values"]["w.total_size"]["facts"][1] = 3.0

    assert found(forge(site, edit))[0] == ("w.total_size", "differs")


def test_a_value_that_rests_on_itself(site: Path) -> None:
    def edit(export: Document) -> None:
        export["values"]["w.total_size"]["arguments"][0] = "w.choice"

    report = forge(site, edit)
    circles = [message for _, message in found(report) if message.startswith("rests on itself")]
    assert circles == ["rests on itself: w.total_size -> w.choice -> w.total_size"]
    assert report.skipped >= 2
    assert "could not be computed again" in tell(report)


def test_a_clock(site: Path) -> None:
    def edit(export: Document) -> None:
        export["zones"]["Europe/Paris"]["offset"] = 7200

    assert found(forge(site, edit))[0] == ("w.moved", "differs in its first hour")


def test_a_clock_that_is_not_there(site: Path) -> None:
    def edit(export: Document) -> None:
        del export["zones"]["Europe/Paris"]

    assert "how the clock of Europe/Paris goes" in found(forge(site, edit))[0][1]


def test_the_last_hour(site: Path) -> None:
    def edit(export: Document) -> None:
        export["horizon"] = "2026-04-01T00:00:00Z"

    assert ("w.stock", "differs in its length") in found(forge(site, edit))


@pytest.mark.parametrize("path", ["b.mode", "w.known", "b.spare", "w.zone"])
def test_words_and_truths(site: Path, path: str) -> None:
    def edit(export: Document) -> None:
        export["values"][path]["value"] = {"shape": "text", "value": "else"}

    assert (path, "differs") in found(forge(site, edit))


def test_a_week(site: Path) -> None:
    def edit(export: Document) -> None:
        export["values"]["w.rhythm"]["value"]["values"][5] += 1

    assert found(forge(site, edit)) == [("w.rhythm", "differs in its hours")]


def test_a_total(site: Path) -> None:
    def edit(export: Document) -> None:
        export["totals"].append(
            {
                "criterion": "made_up",
                "category": None,
                "phase": None,
                "value": {"shape": "scalar", "value": 8.0, "unit": ""},
                "values": ["w.choice", "w.most", "w.gone"],
            }
        )

    assert found(forge(site, edit)) == [("total of made_up", "adds w.gone, which the export does not have")]


def test_a_total_that_does_not_add_up(site: Path) -> None:
    def edit(export: Document) -> None:
        value = {"shape": "scalar", "value": 8.0, "unit": ""}
        row = {"criterion": "made_up", "category": None, "phase": None, "value": value, "values": ["w.moved"]}
        export["totals"].append(row)

    (difference,) = [each for each in forge(site, edit).differences if each.file == EXPORT]
    assert (difference.exported, difference.recomputed) == ("8", "16")


# ---------------------------------------------------------------- files


def test_a_byte_of_a_page(site: Path) -> None:
    page = site / "objects" / "w.html"
    page.write_bytes(page.read_bytes().replace(b"w", b"W", 1))
    report = verify_site(site)
    assert [(each.file, each.message) for each in report.differences] == [("objects/w.html", "has changed")]
    assert report.differences[0].exported != report.differences[0].recomputed


def test_a_file_that_is_missing_and_one_too_many(site: Path) -> None:
    (site / "style.css").unlink()
    (site / "objects" / "more.html").write_text("more")
    (site / "linked.html").symlink_to(site / "index.html")
    found = [(each.file, each.message) for each in verify_site(site).differences]
    assert found == [
        ("style.css", "is missing"),
        ("linked.html", "is a link or a device"),
        ("objects/more.html", "is not in the manifest"),
    ]


def test_a_value_of_the_results(site: Path) -> None:
    def edit(results: Document) -> None:
        results["objects"]["w"]["attributes"]["choice"]["value"]["value"] = 1.0

    report = forge(site, edit, "results.json")
    found = [(each.file, each.what, each.message) for each in report.differences]
    assert found == [("results.json", "w.choice", "is not what the export says")]


def test_values_that_only_one_of_both_has(site: Path) -> None:
    def edit(results: Document) -> None:
        attributes = results["objects"]["w"]["attributes"]
        attributes["other"] = attributes.pop("choice")
        results["totals"] = []
        results["tzdata"] = "0"
        results["inputs"] = [{"file": "model.gai", "sha256": "0" * 64}]

    messages = [(each.what, each.message) for each in forge(site, edit, "results.json").differences]
    assert ("w.other", "is not in the export") in messages
    assert ("w.choice", "is missing, the export has it") in messages
    assert ("tzdata", "differs from that of evidence/manifest.json") in messages
    assert ("inputs", "differ from those of evidence/manifest.json") in messages


def test_a_link_between_statement_and_files(site: Path) -> None:
    def edit(statement: Document) -> None:
        statement["subject"][0]["digest"]["sha256"] = "0" * 64
        statement["predicate"]["buildDefinition"]["resolvedDependencies"][0]["digest"]["sha256"] = "0" * 64

    change(site, "evidence/statement.json", edit)
    hide(site, ("evidence/statement.json",))
    found = [(each.file, each.what) for each in verify_site(site).differences]
    assert found == [("evidence/statement.json", "subject"), ("evidence/statement.json", "resolvedDependencies")]


def test_an_entity_of_the_crate(site: Path) -> None:
    def edit(crate: Document) -> None:
        crate["@graph"][-1]["sha256"] = "0" * 64

    change(site, "ro-crate-metadata.json", edit)
    assert [each.file for each in verify_site(site).differences] == ["ro-crate-metadata.json"]


def test_a_hash_of_the_manifest(site: Path) -> None:
    def edit(manifest: Document) -> None:
        manifest["outputs"][0]["sha256"] = "0" * 64

    change(site, MANIFEST, edit)
    files = {each.file for each in verify_site(site).differences}
    assert files == {"assumptions.html", "evidence/statement.json", "ro-crate-metadata.json"}


def test_many_differences_are_cut(site: Path) -> None:
    for number in range(30):
        (site / f"more{number}.html").write_text("more")
    report = verify_site(site)
    text = tell(report)
    assert len(report.differences) == 30
    assert "... and 10 more\n30 differences" in text


# ---------------------------------------------------------------- what is no difference


def test_noise_of_numbers_that_cancel_out_is_no_difference(site: Path) -> None:
    value = read(site, EXPORT)["values"]["w.gap"]["value"]["value"]
    assert found(forge(site, edit_value("w.gap", value=value + 1e-11))) == []
    assert found(forge(site, edit_value("w.gap", value=value + 1e-6))) == [("w.gap", "differs")]


def test_noise_of_hours_that_cancel_out_is_no_difference(site: Path) -> None:
    def edit(size: float) -> Callable[[Document], None]:
        def add(export: Document) -> None:
            summary = export["values"]["w.hourly_gap"]["value"]["summary"]
            assert summary["first10"][0] == 0.0
            summary.update(max=size, sum=size)

        return add

    assert found(forge(site, edit(1e-12))) == []
    assert found(forge(site, edit(1e-6))) == [("w.hourly_gap", "differs in its highest hour")]


def test_hours_beyond_all_numbers(site: Path) -> None:
    def edit(export: Document) -> None:
        tree = tree_of(export, "w.stock")
        tree[2][0] = ["*", ["*", ["read", 0], 1e300], 1e300]

    assert ("w.stock", "cannot be computed: it is no finite number") in found(forge(site, edit))

    def edit_again(export: Document) -> None:
        tree = tree_of(export, "w.stock")
        tree[2][0] = ["*", ["read", 0], 1e307]

    assert ("w.stock", "cannot be computed: it is beyond all numbers") in found(forge(site, edit_again))
