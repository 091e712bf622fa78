"""Measurements of gaic as ratios and against ceilings; no test asserts a time."""
