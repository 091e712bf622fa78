"""Numbers that others have computed: published pages and conformance cases."""
