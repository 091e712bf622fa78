from __future__ import annotations

import io
import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from gaic import __version__
from gaic.cli.main import main
from gaic.cli.options import LIMITS, RAISED_BY
from gaic.schema.models import Diagnostics, Results
from gaic.source.diagnostic import GaicError, ModelError, UsageError
from gaic.source.limits import Limits
from tests.unit.evaluated import ERROR, SERIES, WARNING, HandMade

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Compiler, Gaic

COMMANDS = ("build", "check", "eval", "explain")


class TestEverywhere:
    @pytest.mark.parametrize("command", [(), *((command,) for command in COMMANDS)])
    def test_version_and_help(self, gaic: Gaic, command: tuple[str, ...]) -> None:
        assert gaic(*command, "--version").out == f"gaic {__version__}\n"
        assert gaic(*command, "--help").code == 0
        assert "-q" in gaic(*command, "-h").out

    def test_every_limit_can_be_raised(self, gaic: Gaic, compiler: Compiler) -> None:
        """But `depth`, which keeps the compiler within the recursion limit of Python, and `mistakes`."""
        own = {"chain", "depth", "mistakes"}  # what keeps the compiler itself within bounds
        assert {name for name, _ in LIMITS.values()} == {field.name for field in fields(Limits)} - own
        gaic("check", "m.gai", "--max-hours", "5_000_000", "--max-files", "3")
        assert compiler.limits == Limits(series_hours=5_000_000, files=3)
        assert gaic("check", "m.gai", "--max-hours", "0").code == 2

    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_file_that_is_not_there(self, gaic: Gaic, project: Path, command: str) -> None:
        extra = ["a.b"] if command in {"eval", "explain"} else []
        found = gaic(command, "n.gai", *extra)
        assert (found.code, found.out) == (2, "")
        assert found.err == "error: n.gai: there is no such file\nhelp: did you mean m.gai?\n"
        (project / "sub").mkdir()
        assert gaic(command, "sub", *extra).err == "error: sub: is a folder, not a .gai file\n"
        (project / "sub" / "x.gai").write_text("")
        assert gaic(command, "sub", *extra).err.endswith("help: models in it: x.gai\n")
        assert gaic(command, "m", *extra).err.endswith("help: did you mean m.gai?\n")
        assert gaic(command, "sub/zzzzzzzz", *extra).err.endswith("help: models beside it: x.gai\n")
        assert gaic(command, "none/m.gai", *extra).code == 2
        assert gaic(command, "m.gai/x", *extra).code == 2

    def test_wrong_use_of_the_command(self, gaic: Gaic, compiler: Compiler) -> None:
        assert compiler.limits is None
        for arguments in (["bild"], ["build"], ["check"], ["eval", "m.gai"], ["check", "m.gai", "--format", "xml"]):
            found = gaic(*arguments)
            assert (found.code, found.out) == (2, "")
            assert "Usage" in found.err

    @pytest.mark.parametrize("command", COMMANDS)
    def test_control_and_direction_marks_do_not_reach_the_terminal(
        self, gaic: Gaic, compiler: Compiler, command: str
    ) -> None:
        compiler.failure = UsageError("a\x1b[2J\u202eb\nc")
        found = gaic(command, "m.gai", *(["a.b"] if command in {"eval", "explain"} else []))
        assert (found.code, found.err) == (2, "error: a<U+001B>[2J<U+202E>b\nc\n")


class TestFailures:
    def test_an_internal_error_is_70_and_its_traceback_comes_with_v(self, gaic: Gaic, compiler: Compiler) -> None:
        compiler.failure = TypeError("oh")
        found = gaic("build", "m.gai")
        assert found.code == 70
        assert found.err.startswith("internal error: TypeError: oh\nThis is a fault of gaic, not of your model.")
        assert "Traceback" not in found.err
        for arguments in (["-v", "build", "m.gai"], ["build", "m.gai", "-v"]):
            assert "Traceback" in gaic(*arguments).err
        assert gaic("build", "m.gai", "--exit-zero").code == 70

    def test_interrupted_is_130(self, gaic: Gaic, compiler: Compiler) -> None:
        compiler.failure = KeyboardInterrupt()
        found = gaic("build", "m.gai")
        assert (found.code, found.err.strip()) == (130, "interrupted")

    def test_failures_carry_their_exit_code(self, gaic: Gaic, compiler: Compiler) -> None:
        compiler.failure = GaicError("the library is missing")
        assert gaic("check", "m.gai").code == 70
        compiler.failure = ModelError([ERROR])
        found = gaic("check", "m.gai")
        assert found.code == 1
        assert found.err.startswith("error[GAI101]: no `x`")
        assert gaic("check", "m.gai", "--exit-zero").code == 0

    def test_a_reader_that_goes_away_is_no_error_to_speak_of(
        self, gaic: Gaic, compiler: Compiler, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compiler.failure = BrokenPipeError()
        monkeypatch.setattr("gaic.cli.main._silence_stdout", lambda: None)
        found = gaic("build", "m.gai")
        assert (found.code, found.out, found.err) == (141, "", "")


class TestBuild:
    def test_writes_the_site_and_prints_the_totals(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        assert compiler.ledger is not None
        found = gaic("build", "m.gai")
        assert (found.code, found.err) == (0, "")
        assert "Cost" in found.out
        assert found.out.endswith("Site: build/m/index.html\n")
        site = project / "build" / "m"
        assert (site / "index.html").is_file()
        results = Results.model_validate_json((site / "results.json").read_text(encoding="utf-8"))
        assert list(results.objects) == ["write", "rest"]
        assert not (site / "data").exists()
        again = gaic("build", "m.gai", "-v").out
        assert re.search(r"^0 files written, \d+ unchanged, 0 removed$", again, re.MULTILINE)
        assert gaic("build", "m.gai", "-q").out == ""

    def test_into_a_folder_of_choice_and_with_force(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        assert compiler.ledger is not None
        assert gaic("build", "m.gai", "-o", "out/site").code == 0
        assert (project / "out" / "site" / "index.html").is_file()
        found = gaic("build", "m.gai", "-o", ".")
        assert found.code == 2
        assert "--force" in found.err
        assert gaic("build", "m.gai", "-o", ".", "--force").code == 0
        assert (project / "m.gai").is_file()
        assert gaic("build", "m.gai", "-o", "m.gai").code == 2

    def test_a_default_folder_that_leads_out_is_refused(
        self, gaic: Gaic, compiler: Compiler, project: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside")
        (project / "build").symlink_to(outside)
        assert compiler.ledger is not None
        assert gaic("build", "m.gai").code == 2
        assert list(outside.iterdir()) == []
        assert gaic("build", "m.gai", "-o", str(outside / "m")).code == 0

    def test_series_in_full(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        assert compiler.ledger is not None
        assert gaic("build", "m.gai", "--series").code == 0
        with np.load(io.BytesIO((project / "build/m/data/series.npz").read_bytes()), allow_pickle=False) as archive:
            assert archive.files == ["write.count[web]", "write.count[desk#2]", "write.load"]
            np.testing.assert_array_equal(archive["write.count[desk#2]"], 2 * np.array(SERIES))

    def test_a_model_with_errors_leaves_the_site_alone(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        compiler.ledger, compiler.diagnostics = None, (ERROR,)
        found = gaic("build", "m.gai")
        assert (found.code, found.out) == (1, "")
        assert found.err.startswith("error[GAI101]")
        assert not (project / "build").exists()
        assert gaic("build", "m.gai", "--exit-zero").code == 0

    def test_warnings_are_shown_counted_or_kept_back(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        compiler.diagnostics = (WARNING,)
        found = gaic("build", "m.gai")
        assert found.code == 0
        assert found.err.startswith("warning[GAI602]")
        assert gaic("build", "m.gai", "-q").err == ""
        found = gaic("build", "m.gai", "--strict", "-o", "other")
        assert found.code == 1
        assert found.err.startswith("error[GAI602]")
        assert not (project / "other").exists()

    def test_a_broken_promise_is_3_and_writes_the_site(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        compiler.ledger = HandMade(broken=True)
        compiler.diagnostics = (ERROR,)
        assert gaic("build", "m.gai").code == 3
        assert (project / "build/m/index.html").is_file()
        assert gaic("build", "m.gai", "--exit-zero").code == 0
        assert gaic("eval", "m.gai", "write.mode").code == 3
        compiler.diagnostics = (ERROR, WARNING)
        assert gaic("build", "m.gai", "--strict").code == 1

    def test_a_promise_broken_in_a_kind_is_an_error(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        compiler.ledger = HandMade(broken=True, in_kind=True)
        assert gaic("build", "m.gai").code == 1
        assert not (project / "build").exists()


class TestCheck:
    def test_says_nothing_where_all_is_fine(self, gaic: Gaic, compiler: Compiler) -> None:
        assert compiler.diagnostics == ()
        found = gaic("check", "m.gai")
        assert (found.code, found.out, found.err) == (0, "", "")

    def test_findings_are_the_result(self, gaic: Gaic, compiler: Compiler) -> None:
        compiler.diagnostics = (ERROR, WARNING)
        found = gaic("check", "m.gai")
        assert (found.code, found.err) == (1, "1 error, 1 warning\n")
        assert "  wait = 1 min to 2 min" in found.out
        assert gaic("check", "m.gai", "--format", "concise").out.splitlines() == [
            "m.gai:2:10: error[GAI101]: no `x`, at all: 100 %",
            "m.gai:2:10: warning[GAI602]: no source",
        ]
        assert "GAI602" not in gaic("check", "m.gai", "-q").out
        assert gaic("check", "m.gai", "--exit-zero").code == 0

    def test_warnings_alone_are_fine_unless_strict(self, gaic: Gaic, compiler: Compiler) -> None:
        compiler.diagnostics = (WARNING,)
        assert gaic("check", "m.gai").code == 0
        found = gaic("check", "m.gai", "--strict")
        assert found.code == 1
        assert found.out.startswith("error[GAI602]")

    def test_other_formats_and_a_file(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        compiler.diagnostics = (ERROR,)
        document = json.loads(gaic("check", "m.gai", "--format", "json").out)
        Diagnostics.model_validate(document)
        assert [found["code"] for found in document["diagnostics"]] == ["GAI101"]
        assert gaic("check", "m.gai", "--format", "github").out.startswith("::error file=m.gai,line=2,")
        sarif = json.loads(gaic("check", "m.gai", "--format", "sarif").out)
        assert sarif["runs"][0]["results"][0]["ruleId"] == "GAI101"
        assert '<failure type="GAI101"' in gaic("check", "m.gai", "--format", "junit").out
        found = gaic("check", "m.gai", "--format", "junit", "-o", "found.xml")
        assert (found.code, found.out) == (1, "")
        assert (project / "found.xml").read_text(encoding="utf-8").startswith("<?xml")
        assert gaic("check", "m.gai", "-o", "none/x").code == 2
        compiler.diagnostics = ()
        assert json.loads(gaic("check", "m.gai", "--format", "json").out)["diagnostics"] == []

    def test_several_files_say_what_they_share_once(self, gaic: Gaic, compiler: Compiler, project: Path) -> None:
        compiler.diagnostics = (ERROR,)
        (project / "n.gai").write_text("")
        document = json.loads(gaic("check", "m.gai", "n.gai", "m.gai", "--format", "json").out)
        assert len(document["diagnostics"]) == 1

    def test_files_are_named_from_where_the_command_was_started(
        self, gaic: Gaic, compiler: Compiler, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compiler.diagnostics = (ERROR,)
        (project / "sub").mkdir()
        monkeypatch.chdir(project / "sub")
        assert gaic("check", "../m.gai", "--format", "github").out.startswith("::error file=../m.gai,")


@pytest.mark.usefixtures("compiler")
class TestEval:
    def test_a_number_with_all_its_digits_and_its_range(self, gaic: Gaic) -> None:
        found = gaic("eval", "m.gai", "write.wait")
        assert (found.code, found.err) == (0, "")
        assert found.out == "84.8528137424 s  (60 s to 120 s, 5th to 95th percentile)\n"
        assert gaic("eval", "m.gai", "write.share").out == "0.333333333333\n"

    def test_in_another_unit(self, gaic: Gaic) -> None:
        found = gaic("eval", "m.gai", "write.wait", "--unit", "min").out
        assert found == "1.41421356237 min  (1 min to 2 min, 5th to 95th percentile)\n"

    def test_words(self, gaic: Gaic) -> None:
        shown = {name: gaic("eval", "m.gai", f"write.{name}").out for name in ("mode", "open", "limit", "zone")}
        assert shown == {
            "mode": "slow\n",
            "open": "true\n",
            "limit": "not set\n",
            "zone": "Europe/Paris<U+001B>[31m<U+202E>\n",
        }

    def test_a_series_in_short_with_either_spelling_of_its_path(self, gaic: Gaic) -> None:
        found = gaic("eval", "m.gai", "write.count[web]").out
        assert found.splitlines() == [
            "amount: 30 hours from 2024-12-31 23:00 UTC, in req",
            "first 10: 0 1 2 3 4 5 6 0 1 2",
            "last 10:  6 0 1 2 3 4 5 6 0 1",
            "sum:      85 req",
            "mean:     2.83333333333 req",
            "min, max: 0 req, 6 req",
        ]
        assert gaic("eval", "m.gai", "write.count.web").out == found

    def test_a_table_and_references(self, gaic: Gaic) -> None:
        lines = gaic("eval", "m.gai", "write.count").out.splitlines()
        assert lines[0] == "web:"
        assert lines[1] == "  amount: 30 hours from 2024-12-31 23:00 UTC, in req"
        assert lines[8].endswith("on the local clock, in req")
        assert gaic("eval", "m.gai", "write.next").out == "rest\n"
        assert gaic("eval", "m.gai", "write.helpers").out == "a\n2 * b\n0.5 * a\n"
        assert gaic("eval", "m.gai", "write.boss").out == "not set\n"
        assert gaic("eval", "m.gai", "write.spare").out == "no members\n"

    def test_json(self, gaic: Gaic) -> None:
        found = json.loads(gaic("eval", "m.gai", "write.count.web", "--json").out)
        assert (found["path"], found["kind"], found["role"]) == ("write.count[web]", "task", "calculated")
        assert (found["shape"], found["values"]) == ("hourly", SERIES)
        table = json.loads(gaic("eval", "m.gai", "write.count", "--json").out)
        assert (table["shape"], list(table["entries"])) == ("table", ["web", "desk#2"])
        wait = json.loads(gaic("eval", "m.gai", "write.wait", "--json", "--unit", "ms").out)
        assert (wait["value"], wait["unit"], wait["range"]["high"]) == (84852.8137424, "ms", 120000.0)
        assert [source["name"] for source in wait["sources"]] == ["tender"]
        assert wait["at"] == {"file": "m.gai", "line": 2, "column": 10}
        reference = json.loads(gaic("eval", "m.gai", "write.next", "--json").out)
        assert (reference["shape"], reference["value"], reference["sources"]) == ("reference", "rest", [])
        empty = json.loads(gaic("eval", "m.gai", "write.spare", "--json").out)
        assert (empty["shape"], empty["entries"]) == ("table", {})

    @pytest.mark.parametrize(
        ("path", "reason", "hint"),
        [
            ("write.wiat", "`write` of kind `task` has no `wiat`", "did you mean `write.wait`?"),
            ("wrote.wait", "no object is called `wrote`", "did you mean `write.wait`?"),
            ("write.count[wbe]", "`count` has no member `wbe`", "did you mean `write.count[web]`?"),
            ("write.count[qqqq]", "`count` has no member `qqqq`", "its members are `web`, `desk#2`"),
            ("write.wait.x", "`wait` is one value, not one per member", "write `write.wait`"),
            ("qqqqq", "no object of the model is called so", "objects are `write`, `rest`"),
            ("rest", "that is an object of kind `unknown`", "its values are none"),
            ("rest.x", "`rest` of kind `unknown` has no `x`", "its values are none"),
        ],
    )
    def test_an_unknown_path(self, gaic: Gaic, path: str, reason: str, hint: str) -> None:
        found = gaic("eval", "m.gai", path)
        assert (found.code, found.out) == (1, "")
        assert found.err == f"error: there is no value `{path}`: {reason}\nhelp: {hint}\n"
        assert gaic("explain", "m.gai", path).code == 1

    def test_an_object_names_its_first_values(self, gaic: Gaic) -> None:
        assert gaic("eval", "m.gai", "write").err.endswith(
            "help: its values are `wait`, `count`, `load`, `share`, `mode`, `zone`, `since`, `open` and 4 more\n"
        )

    @pytest.mark.parametrize(
        ("path", "unit", "message"),
        [
            (
                "write.wait",
                "req",
                "`req` does not fit `write.wait`: the value is Time (in `s`), `req` is Request (in `req`)",
            ),
            ("write.load", "visit", "the value is Request (in `req`), `visit` is Visit (in `visit`)"),
            ("write.wait", "mn", "unknown unit `mn`; did you mean `min`?"),
            ("write.mode", "s", "`write.mode` is no number, so it cannot be shown in `s`"),
            ("write.next", "s", "`write.next` is no number, so it cannot be shown in `s`"),
        ],
    )
    def test_a_unit_that_does_not_fit(self, gaic: Gaic, path: str, unit: str, message: str) -> None:
        found = gaic("eval", "m.gai", path, "--unit", unit)
        assert (found.code, found.out) == (2, "")
        assert message in found.err

    def test_errors_in_the_model_come_first(self, gaic: Gaic, compiler: Compiler) -> None:
        compiler.ledger, compiler.diagnostics = None, (ERROR,)
        found = gaic("eval", "m.gai", "write.wait")
        assert (found.code, found.out) == (1, "")
        assert found.err.startswith("error[GAI101]")


@pytest.mark.usefixtures("compiler")
class TestExplain:
    def test_one_value(self, gaic: Gaic) -> None:
        found = gaic("explain", "m.gai", "write.share")
        assert (found.code, found.err) == (0, "")
        assert "write.share" in found.out
        assert "wait / count" in found.out

    def test_each_value_of_a_table(self, gaic: Gaic) -> None:
        found = gaic("explain", "m.gai", "write.count")
        assert "write.count[web]" in found.out
        assert "write.count[desk#2]" in found.out

    def test_a_reference(self, gaic: Gaic) -> None:
        assert gaic("explain", "m.gai", "write.next").out == "write.next\nrest\n"


def test_a_finding_about_a_limit_names_the_option_that_raises_it(tmp_path: Path) -> None:
    path = tmp_path / "long.gai"
    path.write_text("study s { period = 1000-01-01 .. 3000-01-01 }\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert "raise the limit with `--max-hours N`" in result.output
    assert set(RAISED_BY.values()) <= set(LIMITS)
