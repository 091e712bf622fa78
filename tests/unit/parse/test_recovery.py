"""What is saved of a file with mistakes."""

from __future__ import annotations

from gaic.parse import Limits
from gaic.syntax.declarations import Kind

from .reading import read, told


def names(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Names of the items that were read, and of those that were lost."""
    module, _ = read(text)
    return [item.name.text for item in module.items if hasattr(item, "name")], module.lost


def test_two_mistakes_give_two_messages_and_the_rest_is_there() -> None:
    text = "let a = \nlet b = 2\nkind c {\n  input d = 1\n}\nlet e = 3\n"
    assert [line.split()[0] for line in told(text)] == ["1:7", "4:11"]
    assert names(text) == (["b", "e"], ("a", "c"))


def test_names_of_broken_items_are_told_by_their_heads() -> None:
    assert names("unit byte B = 8\n")[1] == ("byte", "B")
    assert names("dimension Power =\n")[1] == ("Power",)
    assert names("quantity Ram GB\n")[1] == ("Ram",)
    assert names("abstract kind k +\n")[1] == ("k",)
    assert names("template a.b x +\n")[1] == ("x",)
    assert names("## Doc.\nstudy s {\n  a\n}\n")[1] == ("s",)
    assert names("import std.grid { france\n")[1] == ("std", "grid", "france")
    assert names("let a = 1; let b = +\n")[1] == ("a", "b")
    assert names("assert a\n")[1] == ()
    assert names("scenario s {}\n") == ([], ("s",))


def test_a_kind_keeps_its_other_entries_when_one_is_refused() -> None:
    module, diagnostics = read("kind k {\n  input a : intensity T\n  input b : T\n}\n")
    (kind,) = module.items
    assert isinstance(kind, Kind)
    assert [entry.name.text for entry in kind.block.entries if hasattr(entry, "name")] == ["b"]
    assert module.lost == ("a",)
    assert [diagnostic.code for diagnostic in diagnostics] == ["GAI090"]


def test_lines_that_should_be_indented_are_read_as_meant() -> None:
    text = "kind a {\ninput x : T\n## Doc.\ncalc y : T = x\n}\nlet z = 1\n"
    assert names(text) == (["a", "z"], ())
    assert len(told(text)) == 1


def test_a_block_without_end_takes_its_column_1_entries_along() -> None:
    text = "kind a {\ninput x : T\ninput y : T\nlet z = 1\n"
    assert told(text) == ["1:8 GAI003 `{` is not closed | close it with `}`"]
    assert names(text) == (["z"], ("a",))


def test_mistakes_before_a_join_are_said_once() -> None:
    text = 'k a {\n  x = "\\q"\ny = 1\n}\n'
    assert [line.split()[1] for line in told(text)] == ["GAI011", "GAI006"]
    text = 'k a {\n  x = "\\q"\ny = +\n'
    assert [line.split()[1] for line in told(text)] == ["GAI003", "GAI011"]


def test_indented_items_are_read_and_told_once() -> None:
    text = "kind a {}\n  kind b {}\nlet c = 2\n"
    assert names(text) == (["a", "b", "c"], ())
    assert [line.split()[0] for line in told(text)] == ["2:3"]
    text = "kind a {}\n  kind b {}\n  kind c {}\nlet d = 2\n"
    assert names(text) == (["a", "b", "c", "d"], ())
    assert [line.split()[0] for line in told(text)] == ["2:3"]


def test_behind_an_open_text_nothing_is_read() -> None:
    assert names('let a = 1\nlet b = """\nlet c = 2\nk d {}\n') == (["a"], ("b", "c", "d"))


def test_reading_stops_after_many_mistakes() -> None:
    text = "".join(f"let a{n}\n" for n in range(5)) + "let last = 1\n"
    lines = told(text, Limits(mistakes=3))
    assert len(lines) == 4
    assert lines[-1] == "4:7 GAI507 reading stops after 3 mistakes | correct those above first"
    module, _ = read(text, Limits(mistakes=3))
    assert module.items == ()
    assert module.lost[-1] == "last"


def test_collected_mistakes_are_bounded_too() -> None:
    assert len(told('let a = "' + r"\q" * 50 + '"\n', Limits(mistakes=3))) == 3


def test_an_empty_file_is_an_empty_module() -> None:
    for text in ("", "\n", "# c", "   "):
        module, diagnostics = read(text)
        assert (module.items, module.doc, diagnostics) == ((), "", ())
