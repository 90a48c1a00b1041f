"""The store: what is written to disk, and only where it destroys nothing.

- ``atomic``: a file, or several, whole or not at all; numbered backups
- ``lock``: one writer at a time
- ``output``: what a command writes under a name that a user gave
- ``marker``, ``ownership``: whose a folder is, to the last file
- ``exchange``: a folder's content changes in one step
- ``site``: the built site; ``kept``: what its next build need not make again
- ``publish``, ``editions``: its public part on the web, and the way back
"""
