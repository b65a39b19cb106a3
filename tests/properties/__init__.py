"""What holds for anything at all: promises that are tried on what is drawn at random."""
