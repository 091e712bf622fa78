"""`gaic check --fix`: what it mends, what it leaves, and that nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import check_model
from gaic.api.directory import UnwritableError
from gaic.api.fixing import fix_model

if TYPE_CHECKING:
    from pathlib import Path

SMALL = 'source lab "Lab" {{ read = 2026-01-01 }}\n{0}\nassert used: a > 0 W else error "none"\n'


def mend(folder: Path, text: str) -> tuple[str, tuple[str, ...]]:
    """The text of a model after mending, and the codes of what is left to say."""
    path = folder / "model.gai"
    path.write_bytes(text.encode())
    fixed = fix_model(path)
    assert [d.code for d in fixed.outcome.diagnostics] == [d.code for d in check_model(path).diagnostics]
    return path.read_bytes().decode(), tuple(d.code for d in fixed.outcome.diagnostics)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("let a = 3 kw from lab", "let a = 3 kW from lab"),
        ("let a = 3 W to 2 W from lab", "let a = 2 W to 3 W from lab"),
        ("let a = between(3 W, 2 W) from lab", "let a = between(2 W, 3 W) from lab"),
        ("let h = 2 h from lab\nlet a = 3 kWh/h2 from lab", None),
        ("let hh = 2 h from lab\nlet a = 3 kWh/hh from lab", "let hh = 2 h from lab\nlet a = 3 kWh / hh from lab"),
        ("let a = 3 W × 2 from lab", "let a = 3 W * 2 from lab"),
        ("let a : Powr = 3 W from lab", "let a : Power = 3 W from lab"),
        ("let a = (3 W from lab", "let a = (3 W from lab)"),
        ("let a = 3 W from labb", "let a = 3 W from lab"),
        ("import std.grid\nlet a = 3 W from lab", "let a = 3 W from lab"),
        ("## Reason.\nimport std.grid\nlet a = 3 W from lab", None),
        ("import std.grid  # later\nlet a = 3 W from lab", None),
    ],
)
def test_slips_are_mended_and_nothing_else(tmp_path: Path, wrong: str, right: str | None) -> None:
    text, left = mend(tmp_path, SMALL.format(wrong))
    assert text == SMALL.format(right if right is not None else wrong)
    assert (left == ()) is (right is not None)


def test_all_of_a_file_is_mended_in_one_go(tmp_path: Path) -> None:
    text, left = mend(
        tmp_path, "import std.grid { france }\nserver web {\n  grid = france\n  powr = 3 kw\n\nlet z = 1 W\n"
    )
    assert "  power = 3 kW\n}\n\nlet z" in text
    assert left == ("GAI190",)  # nobody knows whether the constant was meant to be used


def test_an_edit_that_makes_another_mistake_is_taken_back(tmp_path: Path) -> None:
    wrong = "import std.grid { france }\nserver web { grid = france; power = 300 W; powr = 200 W }\n"
    assert mend(tmp_path, wrong) == (wrong, ("GAI112",))


def test_a_suggestion_that_is_a_guess_is_not_applied(tmp_path: Path) -> None:
    for unit in ("mw", "xx"):  # mW or MW; anything
        wrong = SMALL.format(f"let a = 3 {unit} from lab")
        assert mend(tmp_path, wrong)[0] == wrong


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    wrong = "\ufeff" + SMALL.format("let a = 3 kw from lab").replace("\n", "\r\n")
    assert mend(tmp_path, wrong) == (wrong.replace("kw", "kW"), ())


def test_imported_files_are_mended_too(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    other = tmp_path / "shared" / "limits.gai"
    other.write_text('let most = 5 kw from hypothesis note "given"\n')
    model = tmp_path / "model.gai"
    model.write_text('import "shared/limits.gai"\nassert low: most < 9 kw else error "too high"\n')
    fixed = fix_model(model)
    assert dict(fixed.counts) == {"shared/limits.gai": 1, "model.gai": 1}
    assert (other.read_text().split()[4], fixed.outcome.diagnostics) == ("kW", ())


def test_permissions_stay_and_a_link_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.gai"
    real.write_text(SMALL.format("let a = 3 kw from lab"))
    real.chmod(0o640)
    link = tmp_path / "link.gai"
    link.symlink_to(real)
    fix_model(link)
    assert link.is_symlink()
    assert "3 kW" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_is_fine_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "model.gai"
    path.write_text(SMALL.format("let a = 3 W from lab"))
    before = path.stat()
    assert fix_model(path).counts == {}
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.gai"
    path.write_text(SMALL.format("let a = 3 kw from lab"))

    def check_and_change(*arguments: object) -> object:
        outcome = check_model(*arguments)  # type: ignore[arg-type]  # handed through
        if len(arguments) > 2:
            path.write_text("# mine\n")
        return outcome

    monkeypatch.setattr("gaic.api.fixing.check_model", check_and_change)
    with pytest.raises(UnwritableError, match="changed meanwhile"):
        fix_model(path)
    assert path.read_text() == "# mine\n"
