"""The whole site at one moment: what is published, what leads where, what is never lost."""
