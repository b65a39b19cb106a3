"""A command's work each."""
