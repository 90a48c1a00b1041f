"""Private persons leave a text: names and numbers become marks of equal length.

Equal length keeps every offset true to the file.
"""

from __future__ import annotations

import re
from collections.abc import Container

from geomap.privacy.digits import may_contain_number
from geomap.privacy.names import MASKED_NAME, NAME, PROSE, find_names, may_name
from geomap.privacy.numbers import MAIL, Private, find_numbers, may_number
from geomap.text.script import simplify

#: What masking leaves of a number or an address: ***********, *** **** ****, *@****.
_NUMBER_MARKS = re.compile(r"\*{5}|\*(?:[^\w*]{0,4}\*){6}|\*@\*")


def find_private(text: str, kind: str = PROSE, places: Container[str] = ()) -> list[Private]:
    """Return the private pieces of a text: numbers, addresses, names.

    ``kind`` and ``places`` as :func:`geomap.privacy.names.find_names` takes them.
    """
    numbers = find_numbers(text)
    return [*numbers, *find_names(text, numbers, kind, places)]


def may_be_private(text: str, kind: str) -> bool:
    """Whether a text is worth a close look; False is certain, and most texts of a map are that."""
    if may_contain_number(text):
        return True
    plain = simplify(text)
    return may_name(plain, kind) or may_number(plain)


def mask(text: str, found: list[Private]) -> str:
    """Return the text, same length, with its private pieces masked: 王某某, ***."""
    characters = list(text)
    for start, end, kind in found:
        if kind == NAME:
            characters[start:end] = "某" * (end - start)
        else:
            kept = "[^@]" if kind == MAIL else r"[\w○]"
            characters[start:end] = re.sub(kept, "*", text[start:end])
    return "".join(characters)


def mask_people(text: str) -> str:
    """The text, same length, with private names (王某某) and personal numbers (***) masked.

    A name counts where a role or a verb of speaking marks it, and is then masked wherever it
    stands; landlines stay, because a station's public telephone is one.
    """
    return mask(text, find_private(text))


def has_personal_data(text: str) -> bool:
    """Whether a text, masked already or not, speaks of a private person or carries a number of one.

    Masking never hides that it happened: what holds of a text holds of its masked form. An
    anonymous person of the author's own (王某) counts too.
    """
    plain = simplify(text)
    is_marked = _NUMBER_MARKS.search(plain) or MASKED_NAME.search(plain)
    return bool(is_marked) or bool(find_private(text))
