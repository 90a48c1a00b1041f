"""The Content-Security-Policy of a page: its own files, and what it names by hash or host."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping


def write_policy(rules: Mapping[str, str]) -> str:
    """Return the policy: nothing but ``rules`` (directive → sources), no base, no form."""
    closed = {"base-uri": "'none'", "form-action": "'none'"}
    written = {"default-src": "'none'"} | dict(rules) | closed
    return "; ".join(f"{name} {sources}" for name, sources in written.items())


def hash_source(text: str) -> str:
    """Return what a policy calls an inline text: the hash of its very text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
