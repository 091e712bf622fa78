"""Tests of `gaic.schema`."""
