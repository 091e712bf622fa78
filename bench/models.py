"""Models made for a size: cells in rows, each resting on its own numbers and on the cell before."""

from __future__ import annotations

CELL = """
dimension Round
unit turn : Round
source survey "Survey of cells" {{ url = "https://example.org/survey"; published = 2026-01-01; read = 2026-02-01 }}

abstract kind any_cell extends emitter {{
  ## What is handed to the next cell of the row.
  calc handed : Mass
}}
kind seed "Seed" extends any_cell {{
  input weight : Mass = 3 kg from survey conf high
  calc handed  : Mass = weight + weight
  calc use_footprint : amount Carbon = course * (1 kgCO2e/kg) * handed
  calc instances_manufacturing_footprint : amount Carbon = course * (1 kgCO2e/kg) * weight
  ## Visits of each hour.
  input course : amount Ratio = hourly([{hours}], start = 2026-01-01T00:00) from survey conf medium
}}
kind cell "Cell" extends any_cell {{
  ref before : any_cell
  ref seed   : seed
  ## What the cell weighs by itself.
  input weight : Mass = 1 kg to 2 kg from survey conf medium
  input share  : Ratio = 40 % from hypothesis note "counted once" conf low
  input turns  : Round = 3 turn from survey conf high
  input each   : Mass/Round = 0.5 kg/turn
  input spare  : Ratio = 1.25 from survey conf medium
  input edge   : Mass = 20 kg from hypothesis note "as drawn"
  input rate   : Carbon/Mass = 0.7 kgCO2e/kg from survey conf high
  calc taken   : Mass = before.handed * share
  calc added   : Mass = turns * each
  calc gross   : Mass = weight + taken + added
  calc net     : Mass = gross * spare
  calc capped  : Mass = min(net, edge)
  calc lost    : Mass = if net > edge then net - edge else 0 kg
  calc whole   : Ratio = ceil(capped / weight)
  calc handed  : Mass = capped * share
  ## Kept in each hour.
  calc kept    : amount Ratio = seed.course * whole
  calc use_footprint : amount Carbon = kept * rate * capped
  calc instances_manufacturing_footprint : amount Carbon = kept * rate * weight * share
}}
"""
ROW = 10
"""Cells of a row: how deep the longest chain is."""
OF_CELL = 18
OF_SEED = 5
HOURS = 24 * 14


def write_model(attributes: int) -> str:
    """The text of a model with about so many attributes, those of the cells and seeds."""
    cells = max(1, round(attributes / (OF_CELL + OF_SEED / ROW)))
    hours = ", ".join(str(1 + hour * 7 % 24) for hour in range(HOURS))
    lines = [CELL.format(hours=hours)]
    for place in range(cells):
        row, number = divmod(place, ROW)
        if number == 0:
            lines.append(f'seed s{row} "Seed {row}" {{ weight = {1 + row % 7} kg from survey conf medium }}')
        before = f"c{row}_{number - 1}" if number else f"s{row}"
        fields = f"before = {before}; seed = s{row}; turns = {1 + number} turn from survey conf high"
        lines.append(f'cell c{row}_{number} "Cell {number} of row {row}" {{ {fields} }}')
    return "\n".join(lines) + "\n"
