"""Tests of the advice, a file for each of its modules."""
