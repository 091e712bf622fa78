"""The reference of the library, or of a project: what it declares, page by page, from a survey of the declarations."""
