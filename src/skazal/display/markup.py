"""HTML written safely: whatever is not `Markup` is escaped."""

from __future__ import annotations

import re
from html import escape

# What HTML allows in no page: control characters, halves of surrogate pairs, noncharacters.
# The last two places of each plane are no characters and never will be.
NEVER = "".join(chr(plane << 16 | place) for plane in range(17) for place in (0xFFFE, 0xFFFF))
UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{NEVER}]")


class Markup(str):
    """A string that is HTML already."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    """Return text as HTML that shows it: for content and for quoted values of attributes.

    What HTML cannot carry becomes ``�``.
    """
    if isinstance(text, Markup):
        return text
    return Markup(escape(UNPRINTABLE.sub("�", text)))


def element(tag: str, *content: str, **attributes: str | None) -> Markup:
    """Return an element; attributes that are None are left out, ``class_`` is ``class``, ``data_id`` is ``data-id``."""
    return Markup(f"{opening(tag, **attributes)}{joined(*content)}</{tag}>")


def opening(tag: str, **attributes: str | None) -> Markup:
    """Return a start tag; attributes as for `element`."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{written}>")


def joined(*content: str) -> Markup:
    """Return contents one after another, each escaped unless it is HTML already."""
    return Markup("".join(escaped(part) for part in content))
