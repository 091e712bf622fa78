"""Generators of the tables of the library: CSV in, `.gai` out. See README.md."""
