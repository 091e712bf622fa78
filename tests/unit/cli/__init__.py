"""Tests of `gaic.cli`."""
