"""The frozen tree of a `.gai` file: what was written, with the place of every part."""
