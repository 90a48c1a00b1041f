"""The rules of words.toml, compiled once."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.files.toml_file import NO_PATTERN, NO_SHAPE, read_toml, refuse_shape
from geomap.find.spans import Cover
from geomap.model.records import SettingsError
from geomap.model.tables import FACILITIES, KINDS

#: 和 that opens a name (和睦路), and joins nothing.
AND = "和(?![平谐睦顺美兴义园县田静硕龙政林善风源祥丰信安乐荣成昌泰盛])"
#: 给手机和电动车充电 is both.
_PHONE_TOO = re.compile(r"手机.{0,2}[和、与及]")
#: 微波 炉: a scan puts blanks into words.
_BROKEN_WORD = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
#: 同心社区 and 幸福路 are names, though each half is a general word.
_OWN_NAME = re.compile(
    r"(?:幸福|和谐|阳光|平安|同心|美丽|友好|先锋|文明|健康|青年|光明|新建|建设|和平|"
    r"友谊|团结|胜利|民主|劳动)"
    r"(?:里|新村|北|南|东|西|中)?(?:社区|村|街道|镇|路|街|大街|大道|公园|广场|小区|花园)"
)


@dataclass(frozen=True, slots=True)
class HeadRule:
    """One class of heads (驿站, 服务中心): a weak head counts only with a qualifier before it."""

    kind: str
    needs_qualifier: bool


_OPEN = HeadRule("station", False)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Words around a facility's by which a sentence does not say that it is there."""

    where: str
    keys: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the finder knows of words. All patterns expect clean text
    (:mod:`geomap.text.script`).
    """

    head: re.Pattern[str]
    head_rules: tuple[HeadRule, ...]
    qualifiers: re.Pattern[str]
    theme: re.Pattern[str]
    place_ends: tuple[str, ...]
    no_places: tuple[str, ...]
    stop: re.Pattern[str]
    generic: re.Pattern[str]
    #: Common nouns and words that name nothing (电动汽车充电站).
    sort: re.Pattern[str]
    #: Theme and suffix (憩息屋); the suffix; what ends so and is none; qualifiers before a word;
    #: whose it is and a word with a suffix behind it; a run of characters up to a suffix.
    open_head: re.Pattern[str]
    open_end: re.Pattern[str]
    no_head: re.Pattern[str]
    lead: re.Pattern[str]
    themed: re.Pattern[str]
    open_tail: re.Pattern[str]
    #: What stands right before a head and makes it the station of others (养老驿站).
    others: re.Pattern[str]
    #: Nothing but a head of a station and words that say nothing about where.
    bare: re.Pattern[str]
    facility: re.Pattern[str]
    facility_keys: tuple[str, ...]
    unsaid: tuple[Unsaid, ...]
    headings: dict[str, str]
    #: Heads that the document at hand introduces itself.
    own: re.Pattern[str] | None = None

    def column(self, word: str) -> str:
        """What a heading cell means (驿站名称, 歇气台: name); empty: nothing known."""
        stem = word.removesuffix("名称")
        ends = any(head.end() == len(stem) for head in self.find_heads(stem))
        named = stem != word and (ends or self.open_end.search(stem) is not None)
        named = named or (self.own is not None and self.own.fullmatch(word) is not None)
        return self.headings.get(word, "name" if named else "")

    def find_heads(self, text: str) -> list[re.Match[str]]:
        """Every head, in order: the document's own before listed ones, weak ones last."""
        listed = list(self.head.finditer(text))
        weak = [found for found in listed if self.rule_of(found).needs_qualifier]
        strong = [found for found in listed if not self.rule_of(found).needs_qualifier]
        kept: list[re.Match[str]] = []
        for group in (
            self.own.finditer(text) if self.own else (),
            strong,
            self.open_head.finditer(text),
            weak,
        ):
            taken = Cover(found.span() for found in kept)
            kept += [f for f in group if f.start() not in taken and f.end() - 1 not in taken]
        return sorted(kept, key=re.Match.start)

    def rule_of(self, found: re.Match[str]) -> HeadRule:
        """The rule of a head; an open one needs no qualifier."""
        return self.head_rules[(found.lastindex or 1) - 1] if found.re is self.head else _OPEN

    def facilities(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, key) of every facility word, in order."""
        lower = text.lower()
        found = self._facilities(lower)
        if _BROKEN_WORD.search(lower):
            kept = [at for at in range(len(lower)) if lower[at] not in " \u3000"]
            whole = self._facilities("".join(lower[at] for at in kept))
            told = {key for _, _, key in found}
            found += [(kept[a], kept[b - 1] + 1, key) for a, b, key in whole if key not in told]
            found.sort()
        both = [
            (start, end, "charging")
            for start, end, key in found
            if key == "ev_charging" and _PHONE_TOO.search(lower, max(0, start - 6), end)
        ]
        return found + both

    def _facilities(self, text: str) -> list[tuple[int, int, str]]:
        return [
            (match.start(), match.end(), self.facility_keys[(match.lastindex or 1) - 1])
            for match in self.facility.finditer(text)
        ]

    def is_generic(self, words: str) -> bool:
        """Whether the words before a head say nothing about where."""
        if _OWN_NAME.fullmatch(words):
            return False
        return self.generic.fullmatch(words) is not None

    def is_sort(self, words: str) -> bool:
        """Whether words name a sort of places (电动汽车充电站, 快递中转站), and none of them."""
        return not _OWN_NAME.fullmatch(words) and self.sort.fullmatch(words) is not None

    def says_nothing(self, words: str) -> bool:
        """Whether words say nothing about where, be it of a station (工会驿站)."""
        return self.is_generic(words) or self.bare.fullmatch(words) is not None

    def has_stop(self, words: str) -> bool:
        """Whether words hold one that no name holds (在, 设立, 三处)."""
        return any(found.group(1) for found in self.stop.finditer(words))

    def is_own_name(self, words: str) -> bool:
        """Whether words end like a place to rest that is none of a known kind (文昌路炕屋)."""
        return (
            len(words) >= 4
            and self.open_end.search(words) is not None
            and not self.no_head.search(words)
            and words[-2:] not in self.place_ends
        )

    def is_place(self, words: str) -> bool:
        """Whether the words end like the name of a place."""
        ends = words.endswith(self.place_ends) and not words.endswith(self.no_places)
        return ends and len(words) >= 2


def read_lexicon(path: Path) -> Lexicon:
    """The finder's rules.

    Raises
    ------
    SettingsError
        ``path`` is no TOML, lacks a section, or holds a pattern that cannot be compiled.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a doubtful pattern is a wrong one
            return _compile(read_toml(path))
    except NO_PATTERN as error:
        raise SettingsError(
            f"{path.name}: a pattern is wrong ({error}); mend it",
            code="pattern-unfit", where=path.name, detail=str(error),
        ) from error  # fmt: skip
    except NO_SHAPE as error:
        raise refuse_shape(path, error) from error


def _compile(words: dict[str, Any]) -> Lexicon:
    heads, qualifiers, names = words["head"], words["qualifiers"], words["names"]
    theme = _any(qualifiers["theme"])
    opened = words["open_heads"]
    end = f"(?:{_any(list(opened['suffixes']))})"
    general = _any([*qualifiers["theme"], *qualifiers["plain"]])
    never = "".join(f"(?<!{re.escape(word)})" for word in opened["not"])
    nothing = (
        f"(?:{_any([*names['generic'], *qualifiers['theme'], *qualifiers['plain']])}|"
        f"[“”的、·\\d年月]|各|等)*"
    )
    stations = "|".join(_uncaptured(rule["pattern"]) for rule in heads if rule["kind"] == "station")
    built = f"(?:{_any(opened['themes'])})(?:{_any(opened['fillers'])})?{end}{never}"
    whole = "(?:(?<!站)|(?!点))(?:(?<!驿)|(?![站家]))"  # 站点 and 驿站 are not cut short
    built += f"(?!{_any(opened['not_before'])}){whole}"
    return Lexicon(
        head=re.compile("|".join(f"({_uncaptured(rule['pattern'])})" for rule in heads)),
        head_rules=tuple(_head_rule(rule) for rule in heads),
        open_head=re.compile(built),
        open_end=re.compile(f"{end}$"),
        no_head=re.compile(f"(?:{_any(list(opened['not']))})$"),
        lead=re.compile(f"(?:{general}|[“”的·])+(?=[\u4e00-\u9fff]{{2,}}$)"),
        themed=re.compile(f"(?:{theme})(?!{theme})([\\u4e00-\\u9fff]{{1,5}}?{end}){whole}"),
        open_tail=re.compile(f"[\\u4e00-\\u9fff]{{4,16}}?{end}(?![\\u4e00-\\u9fff])"),
        qualifiers=re.compile(
            f"(?:{_any([*qualifiers['theme'], *qualifiers['plain']])}|[“”的·])*\\Z"
        ),
        theme=re.compile(theme),
        place_ends=tuple(names["place_ends"]),
        no_places=tuple(names["no_places"]),
        stop=_stop_pattern(names["stops"], names["not_stops"]),
        generic=re.compile(nothing),
        sort=re.compile(f"(?:{_any([*names['generic'], *names['sorts'], *names['place_ends']])})+"),
        bare=re.compile(f"{nothing}(?:{stations})"),
        others=re.compile(f"(?:{_any(names['others'])})(?:服务|综合|便民)?\\Z"),
        facility=_facility_pattern(words["facilities"]),
        facility_keys=tuple(words["facilities"]),
        unsaid=tuple(_unsaid(rule) for rule in words["unsaid"]),
        headings={word: key for key, group in words["headings"].items() for word in group},
    )


def _head_rule(rule: dict[str, Any]) -> HeadRule:
    if rule["kind"] not in KINDS:
        raise _unfit(f"[[head]] {rule['kind']} is no kind of ours")
    return HeadRule(rule["kind"], bool(rule["needs_qualifier"]))


def _unsaid(rule: dict[str, Any]) -> Unsaid:
    if rule["where"] not in ("ahead", "clause", "behind", "whole"):
        raise _unfit(f"[[unsaid]] {rule['where']} is no part of a sentence")
    keys = frozenset(rule.get("keys", FACILITIES))
    return Unsaid(rule["where"], keys, re.compile("|".join(rule["patterns"])))


def _facility_pattern(facilities: dict[str, dict[str, Any]]) -> re.Pattern[str]:
    unknown = sorted(set(facilities) - set(FACILITIES))
    if unknown:
        raise _unfit(f"[facilities] {', '.join(unknown)} is no key of ours")
    groups = [
        "(" + "|".join(_uncaptured(pattern) for pattern in entry["patterns"]) + ")"
        for entry in facilities.values()
    ]
    return re.compile("|".join(groups))


def _unfit(what: str) -> SettingsError:
    return SettingsError(f"words.toml: {what}", code="word-unfit", where="words.toml", detail=what)


def _any(words: list[str]) -> str:
    """Longest first, so that 户外劳动者 is not read as 户外."""
    return "|".join(
        re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


def _stop_pattern(stops: list[str], exceptions: list[str]) -> re.Pattern[str]:
    """Matches a stop in group 1; an exception is consumed without group 1."""
    # 七家 in 北七家镇 counts nothing.
    number = (
        r"[\d一二两三四五六七八九十百几数多]+余?(?:个|家|座|间|处|批|所|辆|台|条|对|名|位|次|"
        r"平方米|平米|㎡)(?![镇乡村街路庄营桥湾子])"
    )
    # 新开 parts words, 新开路 is a road.
    verbs = [word for word in stops if len(word) > 1 and word[-1] not in "在于到了进的"]
    others = [word for word in stops if word not in verbs and word != "上"]
    # 垣上巷, 塘上村 are names, 桥上 and 边上 say where.
    name = "路街巷村桥庄坊湾塘坝江河林马步沙梅峰清坪田新元合地院苑园南东"
    up = f"(?<![边楼山桥路坡河江岸街圩城镇村塘])上(?![{name}])"
    return re.compile(
        f"(?:{_any(exceptions)})|({number}|(?:{_any(verbs)})(?![路街巷])|{_any(others)}|{up})"
    )


def _uncaptured(pattern: str) -> str:
    """Inner groups must not shift the numbering of the outer ones."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)
