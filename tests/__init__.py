"""The suite of gaic: a package, so that `tests.reference` can be imported."""
