"""The story: the stages in order, and what is to be made anew."""
