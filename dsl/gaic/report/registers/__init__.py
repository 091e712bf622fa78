"""Registers: pages that list one sort of thing for the whole model."""
