"""A second evaluator: slow, plain, one node at a time. It shares no operator code with `gaic.evaluate`.

Numbers are Pint quantities in the units in which they were written. Series are those of `gaic.verify` with a Pint unit:
what a function makes of their hours is its matter, units are that of the reference.
References, ways back, sets and members are resolved here again from the entities of a checked program.
"""
