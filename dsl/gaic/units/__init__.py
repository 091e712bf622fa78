"""Quantities, dimensions and hourly series; nothing here knows the syntax of a `.gai` file."""
