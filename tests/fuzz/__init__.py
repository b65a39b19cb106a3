"""The fuzz target: files that nobody would write, read as a build reads them.

``python -m tests.fuzz --seconds 60`` changes the files of corpus/ at random, and holds what is read
to the promises of ``oracle``. An input that breaks one is kept in corpus/: mend what it found, and
the tests hold it from then on.
"""
