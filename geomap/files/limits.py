"""What a file may hold before it is refused, and why so much: one table for all readers.

A limit is far above what a clerk's file holds and far below what a phone's worth of memory
(1 GB) or a minute of patience holds.
"""

from __future__ import annotations

#: Any file (bytes): a sheet of 200,000 rows has 40 MB.
MAX_FILE_BYTES = 100_000_000
#: A document (bytes): a notice with pictures has a few MB.
MAX_DOCUMENT_BYTES = 20_000_000
#: Characters of a document: a page of news has 10,000, a yearbook's chapter 300,000.
MAX_CHARACTERS = 1_000_000
#: What a document may cost beyond what its size lets expect: processor seconds (the largest takes
#: 20, and a phone's processor is slower), and memory (bytes).
MAX_DOCUMENT_SECONDS, MAX_DOCUMENT_MEMORY = 120, 1_000_000_000
#: Characters of a line: a quote must fit in a spreadsheet's cell, which holds 32,767.
MAX_LINE = 30_000
#: Characters of a cell: three times what Excel holds, for our own lists of sources.
MAX_CELL = 100_000
#: A .docx or .xlsx unpacked (bytes), and how many times its packed size: XML packs 10- to
#: 50-fold, a bomb 1000-fold. Below ``FREE`` the ratio says nothing.
MAX_UNPACKED_BYTES, MAX_RATIO, FREE_UNPACKED_BYTES = 100_000_000, 200, 2_000_000
#: Pages of a PDF: a notice has ten.
MAX_PAGES = 400
#: What one page of a PDF draws (bytes, unpacked): a newspaper page has 300 kB.
MAX_PAGE_BYTES = 5_000_000
#: Columns and rows of a sheet. Excel allows 16,384 by 1,048,576; a stray cell out there is named
#: and left out.
MAX_COLUMNS, MAX_ROWS = 500, 300_000
#: So many cells beyond a limit are strays; more are a sheet that is too large.
MAX_STRAYS = 100
#: Cells of a sheet, empty ones between filled ones included: 100,000 rows of 40 columns.
MAX_CELLS = 4_000_000
#: Cells that one cell of a Word table may span: Word's own limit of columns.
MAX_SPAN = 63
#: A road file of text, which is parsed as a whole (bytes): a city's GeoJSON has 100 MB.
MAX_ROAD_TEXT_BYTES = 250_000_000
#: A packed road file unpacked (bytes), and how many times its packed size: text packs 10- to
#: 20-fold. Below ``FREE`` the ratio says nothing.
MAX_ROAD_UNPACKED_BYTES, MAX_ROAD_RATIO, FREE_ROAD_UNPACKED_BYTES = 8_000_000_000, 100, 64_000_000
#: Pixels of a picture: a phone's finest have 50 million, and three bytes each once unpacked.
MAX_PIXELS = 70_000_000
#: Pictures of one station: a rider looks at two or three.
MAX_PHOTOS = 6
