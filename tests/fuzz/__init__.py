"""Fuzzing: every reader and parser, fed with damaged input (see README.md)."""
