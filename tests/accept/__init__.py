"""What was asked for, checked as a whole."""
