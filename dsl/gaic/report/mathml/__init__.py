"""From expressions to presentation MathML Core, as browsers lay it out without a library.

`writer.write_math` makes a tree of `node.Node`; a template writes it as it is, for its texts are escaped.
"""
