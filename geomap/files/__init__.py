"""Files of a folder and of others, read within limits."""
