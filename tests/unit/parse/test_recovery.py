"""What is saved of a file with mistakes."""

from __future__ import annotations

from gaic.parse import Limits
from gaic.syntax.declarations import Kind, Object

from .reading import read, told


def names(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Names of the items that were read, and of those that were lost."""
    module, _ = read(text)
    return [item.name.text for item in module.items if hasattr(item, "name")], module.lost


def test_two_mistakes_give_two_messages_and_the_rest_is_there() -> None:
    text = "let a = \nlet b = 2\nkind c {\n  input d = 1\n}\nlet e = 3\n"
    assert [line.split()[0] for line in told(text)] == ["1:7", "4:11"]
    assert names(text) == (["b", "c", "e"], ("a",))


def test_names_of_broken_items_are_told_by_their_heads() -> None:
    assert names("unit byte B = 8\n")[1] == ("byte", "B")
    assert names("dimension Power =\n")[1] == ("Power",)
    assert names("quantity Ram GB\n")[1] == ("Ram",)
    assert names("abstract kind k +\n")[1] == ("k",)
    assert names("template a.b x +\n")[1] == ("x",)
    assert names("## Doc.\nstudy s + {\n  a = 1\n}\n")[1] == ("s",)
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
    assert names(text) == (["a", "z"], ())


def test_mistakes_before_a_join_are_said_once() -> None:
    text = 'k a {\n  x = "\\q"\ny = 1\n}\n'
    assert [line.split()[1] for line in told(text)] == ["GAI011", "GAI006"]
    text = 'k a {\n  x = "\\q"\ny = 1\n'
    assert [line.split()[1] for line in told(text)] == ["GAI003", "GAI011"]


def test_indented_items_are_read_and_told_once() -> None:
    text = "kind a {}\n  kind b {}\nlet c = 2\n"
    assert names(text) == (["a", "b", "c"], ())
    assert [line.split()[0] for line in told(text)] == ["2:3"]
    text = "kind a {}\n  kind b {}\n  kind c {}\nlet d = 2\n"
    assert names(text) == (["a", "b", "c", "d"], ())
    assert [line.split()[0] for line in told(text)] == ["2:3", "3:3"]


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


def entries(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Names of the entries of the first item that were read, and of those that were lost."""
    first = read(text)[0].items[0]
    assert isinstance(first, Kind | Object)
    return [entry.name.text for entry in first.block.entries if hasattr(entry, "name")], first.block.lost


def test_each_entry_of_a_block_recovers_alone() -> None:
    text = "k a {\n  x = 1 2\n  y = \n  z = 3\n  w = [1, 2\n  v = f(1,\n    start = 3)\n  u = )\n  t = 4\n}\n"
    assert [line.split()[0] for line in told(text)] == ["2:9", "3:5", "5:7", "8:5"]
    assert entries(text) == (["z", "v", "t"], ("x", "y", "w", "u"))
    text = "k a { x = ; y = 2; z 3; w = 4 }\nlet b = 2\n"
    assert [line.split()[0] for line in told(text)] == ["1:9", "1:22"]
    assert entries(text) == (["y", "w"], ("x", "z"))


def test_the_names_of_a_broken_entry_are_its_words_and_empty_where_there_is_none() -> None:
    assert entries("kind k {\n  calcc u : T = 3\n  input a : T\n}\n") == (["a"], ("calcc", "u"))
    assert entries("kind k {\n  input note : T = 3\n}\n") == ([], ("",))
    assert entries("k a {\n  = 3\n  ## Nothing.\n}\n") == ([], ("",))
    assert entries("k a {\n  x = 1\n  ## Nothing.\n}\n") == (["x"], ())


def test_entries_behind_a_brace_too_many_are_lost_and_said_once() -> None:
    text = "k a {\n  x = 1 }\n  y = 2\n  z = 3\n}\nlet b = 1\n"
    assert [line.split()[0] for line in told(text)] == ["3:3"]
    assert entries(text) == (["x"], ("y", "z"))
    assert names(text)[0] == ["a", "b"]


def test_a_brace_that_closes_another_block_loses_the_item() -> None:
    text = "k a {\n  s = d {\n    y = 2\n  z = 3\n}\nlet b = 1\n"
    assert [line.split()[1] for line in told(text)] == ["GAI003"]
    assert names(text) == (["b"], ("a",))


def test_mistakes_behind_a_broken_head_are_told_too() -> None:
    text = "kind gpu server {\n  input x : T = \n  input y : T\n}\nlet b = 1\n"
    assert [line.split()[0] for line in told(text)] == ["1:10", "2:15"]
    assert names(text) == (["b"], ("gpu",))


def test_an_import_that_cannot_be_read_may_have_brought_any_name() -> None:
    assert names('import "x.gai" +\n')[1] == ("x", "gai", "")
    assert names('import "x.gai" as x +\n')[1] == ("x", "gai", "as")
