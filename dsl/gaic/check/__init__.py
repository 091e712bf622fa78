"""Gives every name a meaning and every expression a type, or a diagnostic."""
