"""Collects what the check has to say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypedDict

from gaic.source.diagnostic import Diagnostic, Edit, Label, Repair, Severity
from gaic.source.suggest import Speller, is_slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    from gaic.source.text import Span
    from gaic.syntax.expressions import Name


MOST_NAMES = 16
"""How many names a message lists."""


UNKNOWN_NAME = "GAI102"

MOST_PLACES = 2
"""How many more places a message shows that speaks of several."""


MOST_LINKS = 12
"""How many links of a circle a message names."""


class Parts(TypedDict, total=False):
    """What a finding may say besides its message: as in `Diagnostic`, but that `fix` is help, with or without edits."""

    label: str
    labels: tuple[Label, ...]
    notes: tuple[str, ...]
    fix: str | Repair | None


@dataclass(slots=True)
class Findings:
    """A list of findings that grows while a program is checked."""

    items: list[Diagnostic] = field(default_factory=list)
    chain_reported: bool = False
    speller: Speller = field(default_factory=Speller)

    def error(self, code: str, message: str, span: Span | None, **parts: Unpack[Parts]) -> None:
        """Add an error."""
        self._add(Severity.ERROR, code, message, span, parts)

    def warn(self, code: str, message: str, span: Span | None, **parts: Unpack[Parts]) -> None:
        """Add a warning."""
        self._add(Severity.WARNING, code, message, span, parts)

    def _add(self, severity: Severity, code: str, message: str, span: Span | None, parts: Parts) -> None:
        fix = parts.get("fix")
        repair = Repair(fix) if isinstance(fix, str) else fix
        self.items.append(
            Diagnostic(
                code,
                message,
                span,
                parts.get("label", ""),
                parts.get("labels", ()),
                parts.get("notes", ()),
                help=repair.help if repair is not None else None,
                severity=severity,
                fix=repair.edits if repair is not None else (),
            )
        )

    def report_twice(self, name: Name, first: Name) -> None:
        """Say that a block sets a field again."""
        message = f"`{name.text}` is set twice"
        labels = (Label(first.span, "first set here"),)
        self.error("GAI111", message, name.span, label="set again here", labels=labels, fix="keep one of them")

    def report_chain(self, name: str, span: Span, limit: int) -> None:
        """Say once that declarations lean on each other too far."""
        if not self.chain_reported:
            self.items.append(describe_chain(name, span, limit))
        self.chain_reported = True


def merge_gaps(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in order of place, where a name that nothing has, and that is like no other, is found wanting only once.

    One missing declaration is one mistake: the finding stands at the first use, and the next ones are labels.
    """
    first: dict[tuple[str, str], int] = {}
    merged: list[Diagnostic] = []
    for found in diagnostics:
        if found.code != UNKNOWN_NAME or found.help is not None or found.span is None:
            merged.append(found)
            continue
        number = first.setdefault((found.span.file.name, found.message.partition("`")[2]), len(merged))
        if number == len(merged):
            merged.append(found)
        elif len(merged[number].labels) < MOST_PLACES:
            label = Label(found.span, "used here, too")
            merged[number] = replace(merged[number], labels=(*merged[number].labels, label))
    return tuple(merged)


def did_you_mean(near: str | None, span: Span | None = None) -> Repair | None:
    """The help line for a name that looks like another one; also the edit, if it is a slip of the pen at a place."""
    if not near:
        return None
    is_safe = span is not None and is_slip(span.text, near)
    shown = near if near.startswith('"') else f"`{near}`"
    return Repair(f"did you mean {shown}?", (Edit(span, near),) if span is not None and is_safe else ())


def describe_circle(code: str, links: Sequence[tuple[str, Span]], verb: str, fix: str) -> Diagnostic:
    """A finding for things that lead to each other in a circle: each link is named and underlined."""
    names = [name for name, _ in links]
    followers = [*names[1:], names[0]]
    labels = [
        Label(span, f"`{name}` {verb} `{after}`")
        for (name, span), after in zip(links[:MOST_LINKS], followers, strict=False)
    ]
    more = [f"({len(names) - MOST_LINKS} more)"] if len(names) > MOST_LINKS else []
    chain = " -> ".join([*names[:MOST_LINKS], *more, names[0]])
    first = labels[0]
    message = f"a circle: {chain}" if len(names) > 1 else f"`{names[0]}` {verb} itself"
    return Diagnostic(code, message, first.span, first.text, tuple(labels[1:]), (), fix)


def describe_chain(name: str, span: Span, limit: int) -> Diagnostic:
    """A finding for declarations that lean on each other too far."""
    message = f"`{name}` leans on more than {limit} other declarations, one behind the other"
    return Diagnostic("GAI512", message, span)


def with_article(noun: str) -> str:
    """A name in backquotes with `a` or `an` in front, as it is spoken: an `area`, a `unit`, a `user`."""
    spoken_with_y = noun.startswith(("uni", "us", "ut", "eu"))
    return f"{'an' if noun[:1] in 'aeiou' and not spoken_with_y else 'a'} `{noun}`"


def list_names(names: Sequence[str]) -> str:
    """Names in backquotes, joined by commas; of many the first ones and how many more."""
    shown = ", ".join(f"`{name}`" for name in names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown} and {len(names) - MOST_NAMES} more"
