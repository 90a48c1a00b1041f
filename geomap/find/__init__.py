"""Find: a document's stories to stations, counts and claims, every fact with its evidence."""

from __future__ import annotations

from geomap.find.document import Findings, find_in_document
from geomap.find.lexicon import Lexicon, read_lexicon

__all__ = ["Findings", "Lexicon", "find_in_document", "read_lexicon"]
