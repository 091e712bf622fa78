"""Tests of `gaic.api`."""
