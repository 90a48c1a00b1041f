"""What belongs to private persons, found and masked: one law for documents, ledgers and pages."""

from geomap.privacy.masking import find_private, has_personal_data, mask, mask_people
from geomap.privacy.numbers import Private, find_long_numbers

__all__ = [
    "Private",
    "find_long_numbers",
    "find_private",
    "has_personal_data",
    "mask",
    "mask_people",
]
