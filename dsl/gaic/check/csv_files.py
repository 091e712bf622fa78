"""Reads a column of numbers from a CSV file of the project, and says what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.load.files import ReadFault
from gaic.syntax import expressions as s
from gaic.units.csv_hours import CsvFault, CsvTrouble, parse_csv_hours

if TYPE_CHECKING:
    from gaic.check.context import Context
    from gaic.check.findings import Findings
    from gaic.load.files import ProjectFiles
    from gaic.source.text import Span
    from gaic.units.csv_hours import CsvHours


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
            text = self.files.read_text(self.files.resolve(context.module.folder, name))
        except ReadFault as fault:
            self.findings.items.append(fault.at(span))
            return None
        result = parse_csv_hours(text, wanted, self.files.limits.csv_rows)
        if isinstance(result, CsvFault):
            asked = column is not None and result.reason is CsvTrouble.UNKNOWN_COLUMN
            self._report(name, result, column.span if asked and column is not None else span)
            return None
        if _is_number(result.column):
            message = f'"{name}": the first line is read as a header, and `{result.column}` looks like a value'
            self.findings.error("GAI323", message, span, fix="put the name of the column into the first line")
            return None
        return result

    def _report(self, name: str, fault: CsvFault, span: Span) -> None:
        code = "GAI510" if fault.reason is CsvTrouble.TOO_MANY_ROWS else "GAI323"
        place = f"row {fault.row}" + (f', column "{fault.column}"' if fault.column else "")
        cell = f": `{fault.cell}`" if fault.cell else ""
        columns = ", ".join(f'"{c}"' for c in fault.columns)
        notes = (f"the header is row 1; columns: {columns}",) if columns else ("the header is row 1",)
        fix = 'choose one: `column = "name"`' if fault.reason is CsvTrouble.CHOOSE_COLUMN else None
        self.findings.error(code, f'"{name}", {place}: {fault.reason.value}{cell}', span, notes=notes, fix=fix)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
