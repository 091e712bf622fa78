"""What verifies a site."""
