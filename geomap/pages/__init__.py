"""Pages: an edition of the map becomes a site in memory, path → bytes."""
