"""From what is known of a model to pages and terminal text.

Nouns come in through `book.Book`; `site.render_site` and `terminal` are the ways out. Nothing is evaluated here.
"""
