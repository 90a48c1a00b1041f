"""Telephone numbers of the mainland in a text."""

#: Pattern of a whole number that can be rung: a mobile, a landline with its area, a service
#: number. What may stand before and behind it is the caller's matter.
PHONE = r"(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4})"
