"""Pages of codes as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.schema.text import Json
    from gaic.source.rules.pages import Rule

RULES = "gaic.rules/1"


def rules_document(rules: Iterable[Rule]) -> Json:
    """Pages as a document; texts are Markdown."""
    return {"schema": RULES, "rules": [_rule_object(rule) for rule in rules]}


def _rule_object(rule: Rule) -> Json:
    return {
        "code": rule.code,
        "title": rule.title,
        "severity": [severity.value for severity in rule.severities],
        "about": rule.about,
        "sections": [{"heading": section.heading, "text": section.text} for section in rule.sections],
    }
