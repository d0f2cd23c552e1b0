"""Documents for the eye: HTML for notebooks and browsers, text for terminals.

``render`` returns a fragment for a page of one's own, ``page`` a page that stands alone. Both hold no script, and the
texts in them are escaped, whoever wrote them.
"""

from skazal.display.html import page, render, render_quote, render_quotes

__all__ = ["page", "render", "render_quote", "render_quotes"]
