"""Tests of `gaic.study`."""
