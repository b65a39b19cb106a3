"""Tests of sitegen.outputs, a file for each of its modules."""
