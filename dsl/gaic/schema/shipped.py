"""The JSON Schemas that are shipped: run `python -m gaic.schema.shipped` after a change of the models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic.json_schema import GenerateJsonSchema

from gaic.schema.evidence_models import Export, Manifest
from gaic.schema.models import FOLDER, Diagnostics, Results, Rules

if TYPE_CHECKING:
    from gaic.schema.models import Document

SCHEMAS: dict[str, type[Document]] = {
    "results.schema.json": Results,
    "diagnostics.schema.json": Diagnostics,
    "rules.schema.json": Rules,
    "export.schema.json": Export,
    "manifest.schema.json": Manifest,
}


class _WithoutTitles(GenerateJsonSchema):
    """Leaves out the titles that would repeat the names of fields."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic asks per field
        return False


def schema_text(model: type[Document]) -> str:
    """The JSON Schema of a model as the text of the shipped file."""
    schema = model.model_json_schema(schema_generator=_WithoutTitles)
    document = {"$schema": _WithoutTitles.schema_dialect, **schema}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write_schemas() -> None:
    """Write the shipped JSON Schemas."""
    for name, model in SCHEMAS.items():
        (FOLDER / name).write_text(schema_text(model), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas()
