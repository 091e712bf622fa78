"""Text to tree."""

from gaic.parse.module import parse_module
from gaic.source.limits import Limits

__all__ = ["Limits", "parse_module"]
