"""A page for every diagnostic code: what it says, why the rule is there, an example, and how to mend it."""
