"""Shapes of the files that leave gaic: results, findings, single values."""
