"""Runs the graph and keeps what each value was made from."""
