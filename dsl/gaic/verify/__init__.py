"""Checks a built site against its own evidence with the standard library alone: no other part of gaic, no numpy.

Files are hashed again, and every value is computed again from the formula trees of the export, hour by hour in plain
floats. What is here was written from the description of the language, not from the evaluator that it checks.
"""
