"""Asks one evaluated model many questions: what moves its totals."""
