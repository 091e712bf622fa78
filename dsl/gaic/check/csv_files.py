"""Reads a column of numbers from a CSV file of the project, and says what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.load.files import ReadFault
from gaic.source.diagnostic import Label
from gaic.source.text import SourceFile, Span
from gaic.syntax import expressions as s
from gaic.units.csv_hours import CsvFault, CsvTrouble, parse_csv_hours

if TYPE_CHECKING:
    from gaic.check.context import Context
    from gaic.check.findings import Findings
    from gaic.load.files import ProjectFiles
    from gaic.units.csv_hours import CsvHours


IN_A_ROW = frozenset(
    {CsvTrouble.BLANK_LINE, CsvTrouble.BAD_ROW, CsvTrouble.BAD_CELL, CsvTrouble.BAD_TIME, CsvTrouble.GAP}
)
"""Troubles that have a place in the file."""
DECIMAL_COMMA = re.compile(r"\s*[-+]?\d+,\d+\s*")


class CsvReader:
    """Reads files of numbers."""

    def __init__(self, files: ProjectFiles, findings: Findings) -> None:
        self.files = files
        self.findings = findings

    def read(self, written: s.Text, column: s.Expression | None, context: Context) -> CsvHours | None:
        """The numbers of a file; None after a finding."""
        name, span = written.value, written.span
        wanted = column.value if isinstance(column, s.Text) else None
        try:
            path = self.files.resolve(context.module.folder, name)
            text = self.files.read_text(path)
        except ReadFault as fault:
            self.findings.items.append(fault.at(span))
            return None
        result = parse_csv_hours(text, wanted, self.files.limits.csv_rows)
        if isinstance(result, CsvFault):
            file = SourceFile(self.files.name_of(path), text)
            asked = column is not None and result.reason is CsvTrouble.UNKNOWN_COLUMN
            self._report(name, file, result, column.span if asked and column is not None else span)
            return None
        if _is_number(result.column):
            message = f'"{name}": the first line is read as a header, and `{result.column}` looks like a value'
            self.findings.error("GAI323", message, span, fix="put the name of the column into the first line")
            return None
        return result

    def _report(self, name: str, file: SourceFile, fault: CsvFault, asked: Span) -> None:
        """Underline the cell in the file, and where the model asks for the file."""
        code = "GAI510" if fault.reason is CsvTrouble.TOO_MANY_ROWS else "GAI323"
        place = f"row {fault.row}" + (f', column "{fault.column}"' if fault.column else "")
        cell = f": `{fault.cell}`" if fault.cell else ""
        columns = ", ".join(f'"{c}"' for c in fault.columns)
        notes = (f"the header is row 1; columns: {columns}",) if columns else ("the header is row 1",)
        message = f'"{name}", {place}: {fault.reason.value}{cell}'
        if fault.reason in IN_A_ROW:
            labels = (Label(asked, "asked for here"),)
            span = _find_cell(file, fault)
            self.findings.error(code, message, span, labels=labels, notes=notes, fix=_advise(fault))
        else:
            self.findings.error(code, message, asked, notes=notes, fix=_advise(fault))


def _find_cell(file: SourceFile, fault: CsvFault) -> Span:
    """The place of a cell; of the row where its cells cannot be told apart."""
    start, line = file.line_starts[fault.row - 1], file.line(fault.row)
    header = [name.strip() for name in file.line(1).split(",")]
    cells = line.split(",")
    if fault.column not in header or '"' in line or len(cells) != len(header):
        return Span(file, start, start + len(line))
    place = header.index(fault.column)
    begin = start + sum(len(cell) + 1 for cell in cells[:place])
    text = cells[place]
    begin += len(text) - len(text.lstrip())
    return Span(file, begin, begin + len(text.strip()))


def _advise(fault: CsvFault) -> str | None:
    """What to write into the file."""
    match fault.reason:
        case CsvTrouble.CHOOSE_COLUMN:
            return 'choose one: `column = "name"`'
        case CsvTrouble.BAD_ROW | CsvTrouble.BAD_CELL if DECIMAL_COMMA.fullmatch(fault.cell):
            return f"numbers have a decimal point: `{fault.cell.strip().replace(',', '.')}`"
        case CsvTrouble.BAD_CELL | CsvTrouble.BLANK_LINE:
            return "every hour has a number; write `0` where there is nothing"
        case CsvTrouble.GAP:
            return "give every hour a row, in order of time"
        case _:
            return None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
