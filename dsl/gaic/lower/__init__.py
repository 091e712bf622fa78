"""Lowers a checked program to a graph: objects and links as index arrays, values as numbered nodes."""
