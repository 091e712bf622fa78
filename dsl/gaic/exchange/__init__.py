"""Files of other tools to and from ours, by mapping tables that are data of the library."""
