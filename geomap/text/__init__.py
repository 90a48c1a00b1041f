"""Characters: one plain script to read in, what can be seen, what acts on a terminal."""
