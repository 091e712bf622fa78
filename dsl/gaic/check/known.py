"""What is known to be set: paths through optional references and inputs, and what conditions say of them."""

from __future__ import annotations

from gaic.check import core as c


def may_be_unset(core: c.Core) -> bool:
    """Say whether an expression may have no value: an optional input, or a path through an optional reference."""
    match core:
        case c.Read(optional=optional) | c.Follow(optional=optional):
            return optional
        case c.Otherwise(right=inner) | c.Adopt(operand=inner):
            return may_be_unset(inner)
        case _:
            return False


def path_key(core: c.Core) -> str | None:
    """A text that is equal for equal paths of references, to remember what is known to be set."""
    match core:
        case c.Variable(slot):
            return str(slot)
        case c.ObjectLiteral(path):
            return f"<{path}>"
        case c.Far(subject):
            head = path_key(subject)
            return f"{head}.object" if head else None
        case c.Follow(subject, ref):
            head = path_key(subject)
            return f"{head}.{ref}" if head else None
        case c.Read(subject, attribute, ()):
            head = path_key(subject)
            return f"{head}.{attribute}" if head else None
        case _:
            return None


def assumed(condition: c.Core) -> frozenset[str]:
    """Paths that are set where a condition is true."""
    match condition:
        case c.Given(operand):
            return frozenset(prefixes(operand))
        case c.Logic("and", left, right):
            return assumed(left) | assumed(right)
        case c.Negate(operand):
            return refuted(operand)
        case _:
            return frozenset()


def refuted(condition: c.Core) -> frozenset[str]:
    """Paths that are set where a condition is false."""
    match condition:
        case c.Negate(operand):
            return assumed(operand)
        case c.Logic("or", left, right):
            return refuted(left) | refuted(right)
        case _:
            return frozenset()


def prefixes(core: c.Core) -> list[str]:
    """Keys of a path and of every path it runs through."""
    found: list[str] = []
    while isinstance(core, c.Follow | c.Read):
        key = path_key(core)
        if key:
            found.append(key)
        core = core.subject
    return found
