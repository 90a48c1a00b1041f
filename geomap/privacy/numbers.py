"""Numbers of private persons in a text: mobiles, identity cards, bank cards, plates, accounts.

A station's own numbers are none of these: landlines (010-8888 8888), service numbers (12351, 400,
800), house numbers, days, hours and coordinates. Work grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from geomap.privacy.digits import (
    LETTERS,
    SPOKEN_MOBILE,
    is_chinese_digit,
    may_contain_number,
    read_digits,
)
from geomap.privacy.words import make_words

MOBILE, IDENTITY, CARD = "mobile", "identity", "bank-card"
PLATE, ACCOUNT, MAIL = "plate", "account", "mail"


class Private(NamedTuple):
    """A private piece of a text: the characters ``start`` to ``end``, and what it is."""

    start: int
    end: int
    kind: str


#: What people write between the digits of one number; no colon and no comma: hours and
#: coordinates have those.
GAP = (
    r"[\s\0.\-\u2010-\u2015\u2212\uff0d_·•・…~*/\\()|'\"‘’“”`^=+【】〔〕\[\]"
    + r"\u200b-\u200f\u2060\ufeff\ufe0f\u20e3]{0,4}"
)
_RUN = re.compile(rf"[0-9OoIl](?:{GAP}[0-9OoIl])*+(?:{GAP}[Xx])?")
#: Single digits, whatever stands between them: 1、3、8、0 …
_SINGLES = re.compile(r"(?<!\d)\d(?:[^\w]{1,4}\d(?!\d))*+")
_MOBILE = re.compile(r"(?:(?:00)?86)?0?1[3-9]\d{9}")
_IDENTITY = re.compile(r"[1-8]\d{5}(\d{8})\d{3}[\dXx]|[1-8]\d{5}(\d{6})\d{3}")
_CARD = re.compile(r"[3-69]\d{15,18}")
_CANDIDATE = re.compile(f"{_MOBILE.pattern}|{_IDENTITY.pattern}|{_CARD.pattern}")
_IDENTITY_GROUPS = {(6, 8, 4), (6, 4, 4, 4), (6, 4, 4, 3, 1), (6, 8, 3, 1), (17, 1), (6, 6, 3)}
_CARD_GROUPS = {(4, 4, 4, 4), (6, 10), (6, 13), (6, 12), (6, 11)} | {
    (4, 4, 4, 4, rest) for rest in (1, 2, 3)
}
_MOST_DIGITS = 19
#: Text whose characters are shown from the right to the left, up to the mark that ends it.
_OVERRIDDEN = re.compile("\u202e([^\u202c\n]*)")
#: Fewer true digits than this, the others letters, are a word.
_LEAST_TRUE = 4
_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]"
_PLATE = re.compile(
    rf"{_PROVINCE}\0?[A-HJ-NP-Za-hj-np-z]"
    r"[\s\0·•・.\-]{0,3}(?=[A-Za-z]{0,3}\d{2}|[A-Za-z]?\d[A-Za-z]\d|[A-Za-z]?\d[A-Za-z]{1,2}\d)"
    r"[A-HJ-NP-Za-hj-np-z0-9]{4}(?:[A-HJ-NP-Za-hj-np-z0-9]{1,2}|[挂学警港澳])(?!\d)"
)
#: What stands between a service and the account; without it an account shows a figure.
_IS = (
    r"(?:[\s\0]{0,2}(?:号码?|账号|帐号|ID|id)[\s\0:为是=\-]{0,4}|[\s\0]{0,2}[:为是=][\s\0]{0,2}"
    r"|[\s\0\-]{0,3}(?=[A-Za-z\-]{0,20}[\d_]))"
)
_ACCOUNTS = (
    re.compile(
        rf"(?:微信|薇信|威信|[Vv][Xx信]|[Ww][Xx]|WeChat|wechat|加[Vv])(?!公众|群|小程序|服务号){_IS}"
        r"((?!wechat|WeChat|wxid_)[A-Za-z0-9_][A-Za-z0-9_\-]{4,19})(?![A-Za-z0-9])"
    ),
    re.compile(r"(?<![A-Za-z0-9])(wxid_[A-Za-z0-9_\-]{4,30})"),
    re.compile(rf"(?:QQ|qq|Qq|扣扣)(?!群){_IS}([1-9](?:[\s\0\-]?\d){{4,11}})(?!\d)"),
    re.compile(rf"(?:支付宝|抖音|快手|小红书|钉钉){_IS}([A-Za-z0-9_][A-Za-z0-9_.\-]{{4,30}})"),
)
#: Where none of these stands there is no account and no mailbox.
_ACCOUNT_WORDS = (
    "信 VX Vx vX vx WX Wx wX wx 加V 加v echat QQ qq Qq 扣扣 支付宝 抖音 快手 小红书 钉钉"
    " @ (at) [at] # 卡号 银行卡 账号 账户 帐号 帐户"
)
_ACCOUNT_MARKS = make_words(_ACCOUNT_WORDS.split())
_PLATE_MARK = re.compile(f"{_PROVINCE}\\0?[A-Za-z]")
_LABELLED_CARD = re.compile(
    r"(?:卡号|银行卡|账号|账户|帐号|帐户)[\s\0:为是]{0,4}(\d(?:[\s\0\-]{0,2}\d){9,24})(?!\d)"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9_.+\-])([A-Za-z0-9_.+\-]+)[\s\0]{0,2}(?:@|\(at\)|\[at\]|#)[\s\0]{0,2}"
    r"[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
)
#: Mailboxes of an office, by their local part: no person's.
_OFFICE_MAIL = re.compile(
    r"(?i)(?:(?:[a-z]{0,12}(?:gonghui|gh|zgh|fuwu|kefu|bgs|xinfang|zhan))|service|info|office|"
    r"hotline|contact|help|support|union|webmaster|admin|12351|12345)[._\-]?\d{0,4}"
)


def find_numbers(text: str) -> list[Private]:
    """Return the private numbers and addresses of ``text``, in order, none overlapping."""
    plain = read_digits(text)
    found = [Private(*plate.span(), PLATE) for plate in _PLATE.finditer(plain)]
    if _ACCOUNT_MARKS.occur_in(plain):
        found += [*_accounts(plain), *_mails(plain)]
    if may_contain_number(text):
        found += _long_numbers(text, plain)
    return merge_spans(found)


def may_number(plain: str) -> bool:
    """Whether a simplified text is worth a look for accounts and plates; False is certain."""
    return _ACCOUNT_MARKS.occur_in(plain) or _PLATE_MARK.search(plain) is not None


def find_long_numbers(text: str) -> list[Private]:
    """Return mobiles, identity cards and bank cards of ``text``: what its digits alone show."""
    return merge_spans(_long_numbers(text, read_digits(text))) if may_contain_number(text) else []


def merge_spans(found: list[Private]) -> list[Private]:
    """Return the spans in order; of those that overlap one, over all their characters."""
    merged: list[Private] = []
    for span in sorted(found):
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _accounts(plain: str) -> Iterator[Private]:
    for pattern in _ACCOUNTS:
        yield from (Private(*found.span(1), ACCOUNT) for found in pattern.finditer(plain))
    yield from (Private(*found.span(1), CARD) for found in _LABELLED_CARD.finditer(plain))


def _mails(plain: str) -> Iterator[Private]:
    for found in _MAIL.finditer(plain):
        if not _OFFICE_MAIL.fullmatch(found[1]):
            yield Private(*found.span(), MAIL)


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that touch: where they stand, and what stands between them and the group before."""

    start: int
    end: int
    digits: str
    gap: str


def _long_numbers(text: str, plain: str) -> list[Private]:
    found = [Private(*spoken.span(), MOBILE) for spoken in SPOKEN_MOBILE.finditer(plain)]
    for turned in _OVERRIDDEN.finditer(text):
        end, (shown, read) = turned.end(), (turned[1][::-1], plain[slice(*turned.span(1))][::-1])
        found += [
            Private(end - each.end, end - each.start, each.kind)
            for each in _long_numbers(shown, read)
        ]
    for run in _RUN.finditer(plain):
        found += _read_groups(plain, _split(text, plain, run.span()))
    for run in _SINGLES.finditer(plain):
        if run.end() - run.start() >= 2 * 11 - 1:
            found += _read_groups(plain, _split(text, plain, run.span()))
    return found


def _split(text: str, plain: str, span: tuple[int, int]) -> list[_Group]:
    """Return the groups of a run: cut at every gap, and where the way of writing changes."""
    groups: list[_Group] = []
    start, gap, last = span[0], "", ""
    for at in range(span[0], span[1] + 1):
        way = _way(text[at], plain[at]) if at < span[1] else ""
        if way != last:
            if last:
                groups.append(_Group(start, at, plain[start:at].translate(LETTERS), gap))
                gap = ""
            start = at
        if way == "":
            gap += plain[at : at + 1]
        last = way
    return groups


def _way(written: str, plain: str) -> str:
    """Return how a character writes a digit: a figure, a word, a letter; "" is no digit."""
    if plain.isdigit():
        return "word" if is_chinese_digit(written) else "figure"
    return "letter" if plain.isalpha() else ""


def _read_groups(plain: str, groups: list[_Group]) -> Iterator[Private]:
    """Yield what whole groups, taken together, are; the longest from the left."""
    at = 0
    while at < len(groups):
        taken = _longest(plain, groups, at)
        if taken:
            span, kind = taken
            yield Private(span[0].start, span[-1].end, kind)
            at += len(span)
        else:
            at += 1


def _longest(plain: str, groups: list[_Group], at: int) -> tuple[list[_Group], str] | None:
    best, digits = None, ""
    for stop in range(at, len(groups)):
        digits += groups[stop].digits
        if len(digits) > _MOST_DIGITS:
            break
        if _CANDIDATE.fullmatch(digits):
            kind = _kind(plain, groups[at : stop + 1], digits)
            best = (groups[at : stop + 1], kind) if kind else best
    return best


def _kind(plain: str, groups: list[_Group], digits: str) -> str:
    if not _stands_alone(plain, groups):
        return ""
    if _MOBILE.fullmatch(digits):
        return MOBILE if _is_mobile_grouping(groups) else ""
    sizes = tuple(len(group.digits) for group in groups)
    gaps = {group.gap for group in groups[1:]}
    is_even = _is_even(groups)
    is_cut = is_even or sizes in _IDENTITY_GROUPS or (len(gaps) == 1 and gaps != {"."})
    if _is_identity(digits) and is_cut:
        return IDENTITY
    if _CARD.fullmatch(digits) and _passes_luhn(digits) and (sizes in _CARD_GROUPS or is_even):
        return CARD
    return ""


def _stands_alone(plain: str, groups: list[_Group]) -> bool:
    """Whether the number is no part of a word, of a decimal or of a longer figure."""
    start, end = groups[0].start, groups[-1].end
    before, after = plain[max(0, start - 2) : start], plain[end : end + 2]
    if before[-1:].isdigit() and plain[start].isdigit() and not groups[0].gap:
        before = before[:-1] + " "  # a word before figures (张三138…) is another way of writing
    written = [plain[group.start : group.end] for group in groups]
    letters = sum(len(part) for part in written if part.isalpha())
    if sum(map(len, written)) - letters < _LEAST_TRUE:
        return False
    if written[0][0].isalpha() and re.fullmatch("[A-Za-z0-9]", before[-1:]):
        return False
    return not re.fullmatch(r"\d\.", before) and not re.match(r"\.\d", after)


def _is_mobile_grouping(groups: list[_Group]) -> bool:
    """Whether the groups are those of a telephone number, not a row of years, rooms or hours."""
    sizes = [len(group.digits) for group in groups]
    if re.fullmatch(r"19\d\d", groups[0].digits) and len(groups) > 1 and groups[1].gap:
        return not re.fullmatch(r"(?:19|20)\d\d|0?[1-9]|1[0-2]", groups[1].digits)
    return min(sizes) >= 3 or max(sizes) <= 2 or len({group.gap for group in groups[1:]}) == 1


def _is_even(groups: list[_Group]) -> bool:
    """Whether one number was written in one way: whole, digit by digit, or cut by one mark."""
    sizes = {len(group.digits) for group in groups}
    gaps = {group.gap for group in groups[1:]}
    return len(groups) == 1 or sizes == {1} or gaps == {""} or (gaps == {"\0"})


def _is_identity(digits: str) -> bool:
    found = _IDENTITY.fullmatch(digits)
    if not found:
        return False
    born = found[1] or f"19{found[2]}"
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2099


def _passes_luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(each - 9 * (each > 9) for each in doubled) % 10 == 0
