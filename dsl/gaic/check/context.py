"""Where an expression stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.types import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.check.types import LinkTo, ObjectOf
    from gaic.load.bundle import LoadedModule
    from gaic.syntax import expressions as s


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: module, kind, bound names, what is known to be set."""

    module: LoadedModule
    kind: str | None = None
    visible: bool = True
    variables: Mapping[str, c.Variable] = field(default_factory=dict)
    narrowed: frozenset[str] = frozenset()
    form: Form = Form.AMOUNT
    slots: int = 1

    def bind(self, name: s.Name, type_: ObjectOf | LinkTo) -> tuple[Context, c.Variable]:
        """The context in which a name stands for a member."""
        variable = c.Variable(self.slots, name.text, type_, name.span)
        return replace(self, variables={**self.variables, name.text: variable}, slots=self.slots + 1), variable

    def assume(self, paths: frozenset[str]) -> Context:
        """The context in which optional values are known to be set."""
        return replace(self, narrowed=self.narrowed | paths) if paths else self
