"""Tests of single rooms, in folders of the same names."""
