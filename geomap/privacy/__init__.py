"""What belongs to private persons, found and masked: one law for documents, ledgers and pages."""

from geomap.privacy.masking import has_personal_data, mask_people
from geomap.privacy.numbers import find_long_numbers

__all__ = ["find_long_numbers", "has_personal_data", "mask_people"]
