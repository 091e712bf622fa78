from __future__ import annotations

import pytest

from gaic.parse.chunks import cut


def pieces(text: str) -> list[str]:
    return [text[chunk.start : chunk.end] for chunk in cut(text)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \n# only a comment\n", []),
        ("let a = 1\nlet b = 2\n", ["let a = 1\n", "let b = 2\n"]),
        ("a b {\n  x = 1\n}\n\n# between\nc d {}\n", ["a b {\n  x = 1\n}\n\n# between\n", "c d {}\n"]),
        ("let a = 1\n## of b\nlet b = 2\n", ["let a = 1\n", "## of b\nlet b = 2\n"]),
        ("let a = 1\n## of b\n\n# c\n\nlet b = 2\n", ["let a = 1\n", "## of b\n\n# c\n\nlet b = 2\n"]),
        ('let a = """\nlet b = 2\n"""\nlet c = 3\n', ['let a = """\nlet b = 2\n"""\n', "let c = 3\n"]),
        ('let a = "# no comment"\nlet b = 2\n', ['let a = "# no comment"\n', "let b = 2\n"]),
        ('# a " quote\nlet b = "x"\n', ['let b = "x"\n']),
        ('let a = "open\nlet b = 2\n', ['let a = "open\n', "let b = 2\n"]),
        ("let a = [\n1\n]\n", ["let a = [\n", "1\n]\n"]),
    ],
)
def test_a_file_is_cut_before_lines_in_column_1(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_text_before_the_first_column_1_is_marked() -> None:
    chunks = list(cut("  let a = 1\nlet b = 2\n")[1])
    assert [chunk.indented for chunk in chunks] == [True, False]


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("## Head.\n##\n## More.\n\nlet a = 1\n", "## Head.\n##\n## More."),
        ("# licence\n\n## Head.\n \t\nlet a = 1\n", "## Head."),
        ("## Head.", "## Head."),
        ("## Head.\n", "## Head."),
        ("## Of a.\nlet a = 1\n", ""),
        ("let a = 1\n## Of b.\n\nlet b = 1\n", ""),
        ("## Head.\n\n## Of a.\nlet a = 1\n", "## Head."),
    ],
)
def test_the_documentation_of_a_file_has_a_blank_line_behind_it(text: str, doc: str) -> None:
    assert cut(text)[0] == doc
