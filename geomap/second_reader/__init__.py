"""An optional second reader: any OpenAI-compatible endpoint, off unless the environment names it.

It adds to the rules and never replaces them, in this order:

1. refuse: a document in which personal data was found is not sent (:mod:`.reader`);
2. remember: an answer once given is on disk and asks nobody again (:mod:`.cache`);
3. ask: one request at a time, slowly, with bounded retries (:mod:`.asking`, :mod:`.transport`);
4. hold: what is not quoted verbatim from the document is dropped (:mod:`.evidence`);
5. add: empty facts are filled, new places appended as 待核实 (:mod:`.adding`).
"""

from __future__ import annotations

from geomap.second_reader.adding import merge_additions
from geomap.second_reader.reader import SecondReader, reader_from_environment

__all__ = ["SecondReader", "merge_additions", "reader_from_environment"]
