"""Systems that e-footprint computed, imported into gaic and compared attribute by attribute; see README.md here."""
