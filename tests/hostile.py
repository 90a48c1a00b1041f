"""Hostile texts and addresses, drawn from a seed: every sort first, then mixtures of them."""

from __future__ import annotations

import random
from urllib.parse import quote

from tests.editions import HOSTILE

#: Runs when a text is taken for code; a page that ran any of it has ``window.hacked``.
_RUN = "window.hacked=1"
_TAGS = ("img", "svg", "body", "iframe", "video", "details", "input", "marquee", "math", "object")
_EVENTS = ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onanimationstart", "onclick")
_HOST = "//foreign.invalid/x"
_SORTS = (
    f"<script>{_RUN}</script>", f"</script><script>{_RUN}</script>", f"<script src={_HOST}.js>",
    f"</title><script>{_RUN}</script>", f"</style><style>@import '{_HOST}.css';</style>",
    f"--><script>{_RUN}</script><!--", f"]]><script>{_RUN}</script><![CDATA[", "<!--", "-->",
    "]]>", f"</textarea><img src=x onerror={_RUN}>", f"</bdi></li></ol><script>{_RUN}</script>",
    f"\"><img src=x onerror={_RUN}>", f"'><img src=x onerror={_RUN}>",
    f"' onfocus={_RUN} autofocus '", f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<math><mtext></p><img src=x onerror={_RUN}></mtext></math>", f"<base href={_HOST}/>",
    f"<iframe srcdoc='<script>parent.{_RUN[7:]}</script>'>",
    f"<link rel=stylesheet href={_HOST}.css>",
    f"<meta http-equiv=refresh content='0;url={_HOST}'>", f"<form action={_HOST}><button>",
    "<plaintext>", f"<img srcset='{_HOST}.png 1x'>", f"<a href=javascript:{_RUN}>x</a>",
    "<noscript><p title='</noscript><img src=x>'>", f"javascript:{_RUN}", f"JaVaScRiPt:{_RUN}",
    f" \x01javascript:{_RUN}", f"data:text/html,<script>{_RUN}</script>", f"${{{_RUN}}}",
    f"`+({_RUN})+`", f"';{_RUN};'", f"\";{_RUN};//", f"\\\";{_RUN};//",
    f"\\u003cscript\\u003e{_RUN}", f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={_RUN}&#62;", f"\ufe64script\ufe65{_RUN}", "{{7*7}}",
    "{{ cycler.__init__.__globals__ }}", "{% include '/etc/hosts' %}", "{% raw %}", "{# #}",
    "<%= 7*7 %>", f"x{{background:url({_HOST}.png)}}", f"expression({_RUN})",
    f"url(javascript:{_RUN})", "*{display:none}", "__proto__", "constructor", "prototype",
    "hasOwnProperty", "toString", "valueOf", "then", "length", "null", "undefined", "NaN", "-0",
    "1e999", "true", "[object Object]", "__defineGetter__", "\u202egnp.exe",
    "\u2066abc\u2069\u2069", "\u200f\u200e\u061c", "\u200b\u200d\ufeff", "a\u2028b\u2029c",
    "\x00", "a\x00b", "\x1b[31m\x1b]0;x\x07", "\x08\x7f\x85", "\r\n\t", "\ud83d",
    "\udc00\ud800", "\uffff\ufffe", "😀" * 70, "a" + "😀" * 70, "é" + "\u0301" * 300,
    "长" * 20_000, "W" * 5_000, "啊" * 39 + "b", "a " * 4_000, "https:" + _HOST, _HOST,
    "file:///etc/passwd", "../../../../etc/passwd", "..\\..\\x", "C:\\x", "%2e%2e%2f", "%00",
    "=cmd|'/C calc'!A0", "＝1+1", "+1", "-1", "@SUM(1)", "\t=1", "'\"`<>&\\/", "#s=x&d=y",
    "?a=b#c", "tel:+1", "geo:0,0", *HOSTILE,
)  # fmt: skip


def make_texts(count: int, seed: int = 9) -> list[str]:
    """Return ``count`` different texts: each sort once, then tags with handlers, and mixtures."""
    chance = random.Random(seed)
    texts = dict.fromkeys(_SORTS)
    while len(texts) < count:
        tag, event, equals = (chance.choice(some) for some in (_TAGS, _EVENTS, ("=", " = ", "\n=")))
        mixed = "".join(chance.sample(_SORTS, 3))[:400]
        handled = f"<{tag}{chance.choice(' /')}{event}{equals}{_RUN}-{len(texts)}>"
        texts[chance.choice((handled, mixed, f"驿站{mixed}{handled.upper()}"))] = None
    return list(texts)[:count]


_PATHS = (
    "../../../../uploads/evil", "..%2F..%2F..%2F..%2Fuploads/evil", "/uploads/evil",
    "//foreign.invalid/x", "https://foreign.invalid/x", "..\\..\\uploads\\evil",
    "....//uploads/evil", "evil?callback=hacked", "evil.js#", "110105/../../../../../uploads/evil",
    "110105%00", "110105.js?", "data:text/javascript,hacked=1", "javascript:hacked=1",
    "blob:null/1", "%2e%2e/uploads/evil", "%252e%252e%252fuploads", ".", "..", "/", "\\", "",
)  # fmt: skip
_BROKEN = (
    "%", "%%", "%E5", "%E5%8C", "%GG", "%u0041", "%ff%fe", "%ED%A0%80", "%00", "+", "&", "&&=", "=",
    "0", "-1", "1e999", "NaN", "Infinity", "110105e0", "0110105", "110105 ", "１１０１０５",
    "9" * 400,
)  # fmt: skip
_KEYS = ("d", "s", "t", "f", "D", "", "__proto__", "x", "districts", "q")


def make_hashes(count: int, known: tuple[str, ...] = (), seed: int = 9) -> list[str]:
    """Return ``count`` different parts of an address behind its ``#``.

    Parameters
    ----------
    known : values that an edition has (codes, ids): mixed in, so that half of a hash holds.
    """
    chance = random.Random(seed)
    texts = [text[:400].encode("utf-8", "replace").decode() for text in make_texts(160, seed)]
    found = dict.fromkeys(f"d={value}" for value in (*_PATHS, *_BROKEN))
    while len(found) < count:
        pairs = []
        for _ in range(chance.randint(1, 3)):
            value = chance.choice(chance.choice((_PATHS, _BROKEN, texts, known or texts)))
            for _ in range(chance.randint(0, 2)):
                value = quote(value)
            pairs.append(chance.choice(_KEYS) + chance.choice(("=", "=", "=", "", ":")) + value)
        hashed = chance.choice(("&", "&", ";", "#")).join(pairs) * chance.choice((1, 1, 1, 50))
        found[hashed[:200_000]] = None
    return list(found)[:count]
