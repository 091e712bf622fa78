"""The part of SARIF 2.1.0 that gaic writes, as a JSON schema.

Written after the standard (OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", section 3), not a
copy of its schema: the objects and properties that gaic uses, with their types, bounds and what is required of them. It
is stricter: it knows no other property, so that one that is written anew has to be looked up first.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}
NUMBER_FROM_1 = {"type": "integer", "minimum": 1}


def _closed(required: list[str], **properties: object) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _several(items: object, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "minItems": least, "uniqueItems": True, "items": items}


MESSAGE = _closed(["text"], text={"type": "string", "minLength": 1})
REGION = _closed(
    ["startLine"],
    startLine=NUMBER_FROM_1,
    startColumn=NUMBER_FROM_1,
    endLine=NUMBER_FROM_1,
    endColumn=NUMBER_FROM_1,
)
ARTIFACT_LOCATION = _closed(["uri"], uri={"type": "string", "format": "uri-reference", "pattern": r"^[!-~]+$"})
LOCATION = _closed(
    [],
    id={"type": "integer", "minimum": -1},
    physicalLocation=_closed(["artifactLocation"], artifactLocation=ARTIFACT_LOCATION, region=REGION),
    message=MESSAGE,
)
REPLACEMENT = _closed(["deletedRegion"], deletedRegion=REGION, insertedContent=_closed([], text=TEXT))
ARTIFACT_CHANGE = _closed(
    ["artifactLocation", "replacements"],
    artifactLocation=ARTIFACT_LOCATION,
    replacements={"type": "array", "minItems": 1, "items": REPLACEMENT},
)
FIX = _closed(["artifactChanges"], description=MESSAGE, artifactChanges=_several(ARTIFACT_CHANGE, 1))
RESULT = _closed(
    ["message"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level={"enum": ["none", "note", "warning", "error"]},
    message=MESSAGE,
    locations={"type": "array", "items": LOCATION},
    relatedLocations=_several(LOCATION),
    fixes=_several(FIX),
)
IN_TWO_FORMS = _closed(["text"], text={"type": "string", "minLength": 1}, markdown=TEXT)
RULE = _closed(
    ["id"],
    id=TEXT,
    name=TEXT,
    shortDescription=IN_TWO_FORMS,
    fullDescription=IN_TWO_FORMS,
    help=IN_TWO_FORMS,
    defaultConfiguration=_closed([], level={"enum": ["none", "note", "warning", "error"]}),
)
DRIVER = _closed(["name"], name=TEXT, version=TEXT, rules=_several(RULE))
RUN = _closed(
    ["tool"],
    tool=_closed(["driver"], driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": RESULT},
)
SARIF = _closed(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"enum": ["2.1.0"]},
    runs={"type": "array", "items": RUN},
)
