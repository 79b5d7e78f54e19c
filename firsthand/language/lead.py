"""Where an article's lead ends: the part that holds its main news."""

from __future__ import annotations

from ..records import Article

LEAD_CHARACTERS = 400
"""How much text, in whole paragraphs, is a lead: about the first two paragraphs of a news report."""


def lead_end(article: Article) -> int:
    """The offset in ``article.text`` where the lead ends: after the first paragraphs that together hold
    ``LEAD_CHARACTERS``, or at the end of a shorter text."""
    for paragraph in article.paragraphs:
        if paragraph.end >= LEAD_CHARACTERS:
            return paragraph.end
    return len(article.text)
