"""Laws that hold for all values."""
