"""A second evaluator: slow, plain, one node at a time. It shares no operator code with `gaic.evaluate`.

Numbers are Pint quantities in the units in which they were written, series are lists of Python floats with a Pint unit.
References, ways back, sets and members are resolved here again from the entities of a checked program.
"""
