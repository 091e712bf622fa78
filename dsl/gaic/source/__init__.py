"""Text, places in it, and what is said about them."""
