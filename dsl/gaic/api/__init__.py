"""The few functions that the command, notebooks and CI call."""
