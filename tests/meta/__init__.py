"""Tests of the repository itself: its words, files, pages for readers and packages."""
