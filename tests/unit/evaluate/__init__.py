"""Tests of `gaic.evaluate`."""
