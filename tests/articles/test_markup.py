"""HTML: the same decision, with metadata from its markup."""

from __future__ import annotations

from firsthand.articles import Furniture, clean_page
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

PAGE = """<!doctype html><html lang="en"><head><title>Pier closed | The Norring Ledger</title>
<meta property="og:site_name" content="The Norring Ledger">
<meta property="article:published_time" content="2031-05-05T09:30:00+02:00">
<script type="application/ld+json">{"@type":"OpinionNewsArticle","headline":"Pier closed after divers find cracks",
"author":[{"@type":"Person","name":"Ann Berg"},{"@type":"Organization","name":"Harrow News Agency"}],
"dateModified":"2031-05-06"}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sports</a></li></ul></nav>
<h1>Pier closed after divers find cracks</h1><p>%s</p><p>%s</p><p>%s</p>
<p><a href="/x">Also read: Council shelves its plan for a second ferry</a></p><p>%s</p>
<footer><p>© 2031 The Norring Ledger</p></footer><script>var x = {a: 1};</script></body></html>"""
BODY = (
    "The harbour office closed the pier of Norring on Monday after divers had found cracks in three of its pillars.",
    "Boats will land at the northern quay until the pillars have been replaced, the office said in a statement.",
    '"It will be a long summer," said Ola Strand, who sells fish on the pier.',
    "The work is expected to take until August and will be paid for by the county and the state together.",
)


def test_an_html_page() -> None:
    article = clean_page(Page("p", "p.html", "html", PAGE % BODY), ArticleOptions(), Furniture())
    assert isinstance(article, Article)
    assert tuple(s.of(article.text) for s in article.paragraphs) == BODY
    assert article.headline == "Pier closed after divers find cracks"
    assert article.outlet and article.outlet.name == "The Norring Ledger"
    assert article.published and article.published.earliest == "2031-05-05T09:30+02:00"
    assert article.published.basis == "metadata"
    assert [d.role for d in article.dates if d.when.earliest == "2031-05-06"] == ["updated"]
    assert article.byline == ("Ann Berg",)
    assert article.credit and article.credit.name == "Harrow News Agency"
    assert article.genre == "opinion" and article.language == "en"
