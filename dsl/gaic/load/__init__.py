"""Finds and reads what a model is made of: files, imports, the standard library, data files."""
