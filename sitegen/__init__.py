"""sitegen: a static site generator for the public information site of a local health watchdog."""

__version__ = "0.1.0"
