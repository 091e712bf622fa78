"""gaic: compiles `.gai` files and explains every number it prints.

The public names below are resolved on first use, so that `import gaic` stays cheap.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

__all__ = ["__version__", "build", "check_model", "evaluate_model", "explain", "format_text"]


def __getattr__(name: str) -> object:
    """Fetch a public name from `gaic.api`."""
    if name in __all__:
        # By text, because an import statement would lead from every floor through this module to `api`.
        return getattr(import_module("gaic.api"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message, name=name, obj=None)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
