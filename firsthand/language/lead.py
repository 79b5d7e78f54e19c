"""Where an article's lead ends: the part that holds its main news."""

from __future__ import annotations

from ..records import Article

LEAD_CHARACTERS = 400
LEAD_PARAGRAPHS = 2
"""How much text, in whole paragraphs, is a lead: two paragraphs of a news report, or more where they are short."""


def lead_end(article: Article) -> int:
    """The offset in ``article.text`` where the lead ends: after the first ``LEAD_PARAGRAPHS`` paragraphs, or as many
    as together hold ``LEAD_CHARACTERS``, or at the end of a shorter text."""
    for paragraph in article.paragraphs[LEAD_PARAGRAPHS - 1 :]:
        if paragraph.end >= LEAD_CHARACTERS:
            return paragraph.end
    return len(article.text)
