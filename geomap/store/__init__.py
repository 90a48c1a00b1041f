"""The store: folders, atomic writes, locks, publishing, editions."""
