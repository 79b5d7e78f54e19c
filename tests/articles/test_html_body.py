"""The body out of HTML of several eras, and the laws of the outline that its structure is read from."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.articles import Furniture, clean_page
from firsthand.articles.declared import Markup, read_markup
from firsthand.articles.embedded import read_page
from firsthand.articles.markup import Outline, parse_html, read_outline
from firsthand.articles.structure import COLUMNS, structure
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

HEADLINE = "Norring shuts its old pier after divers find cracks"
BODY = (
    "The harbour office of Norring closed the old pier on Monday after divers had found cracks in three of its "
    "pillars, the deepest of them as long as a rowing boat.",
    "Boats from the islands will land at the northern quay until the pillars have been replaced, the office said in a "
    "statement, and the ferry to Skarv will leave twenty minutes earlier than before.",
    '"It will be a long summer for all of us," said Ola Strand, who has sold smoked fish on the pier since 2009.',
    "The county and the state have agreed to share the cost of the work, which an engineer of the county put at four "
    "million crowns, and expect it to be done before the herring comes in August.",
    "A petition against the closure was signed by more than six hundred people within a day, but the mayor said that "
    "nobody could answer for a pier that might give way under a loaded cart.",
)
MENU = "".join(f'<a href="/{w}">{w.title()}</a> ' for w in ("news", "sport", "weather", "boats", "letters", "archive"))
RELATED = "".join(
    f'<li><a href="/{n}">{t}</a></li>'
    for n, t in enumerate(("Council wants a second ferry", "Herring prices fall again", "Lighthouse to be painted red"))
)


def _paragraphs(body: tuple[str, ...] = BODY) -> str:
    return "".join(f"<p>{p}</p>" for p in body)


PAGES = {
    "semantic": f"<body><nav><ul><li>{MENU}</li></ul></nav><main><article><h1>{HEADLINE}</h1>{_paragraphs()}</article>"
    f'<aside class="related"><h3>Read next</h3><ul>{RELATED}</ul></aside></main><footer>{MENU}</footer></body>',
    "table layout": f"<body bgcolor=white><table width=760><tr><td colspan=2>{MENU}</td></tr><tr><td width=140>{MENU}"
    f'</td><td><font size="+2"><b>{HEADLINE}</b></font><br><br><font face=arial>{"<br><br>".join(BODY)}</font></td>'
    f"</tr><tr><td colspan=2><font size=1>{MENU}</font></td></tr></table></body>",
    "unclosed": f"<body><center>{MENU}</center><h1>{HEADLINE}</h1><p>{'<p>'.join(BODY)}<hr><ul><li>{RELATED}</ul>",
    "divs": f'<body><div class="x1">{MENU}</div><div class="x2"><h1>{HEADLINE}</h1><div class="q">'
    + "".join(f'<div class="z9"><div>{p}</div></div>' for p in BODY)
    + f'</div></div><div class="x3"><ul>{RELATED}</ul></div></body>',
    "hidden rest": f'<body><header>{MENU}</header><article><h1>{HEADLINE}</h1>{_paragraphs(BODY[:2])}<div class="rest" '
    f'style="display: none">{_paragraphs(BODY[2:])}</div></article><footer>{MENU}</footer></body>',
}


def _paragraphs_of(content: str) -> tuple[str, ...]:
    head = f"<html><head><title>{HEADLINE} | The Norring Ledger</title></head>"
    article = clean_page(Page("p", "p.html", "html", head + content), ArticleOptions(), Furniture())
    assert isinstance(article, Article)
    return tuple(s.of(article.text) for s in article.paragraphs)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages_of_several_eras(name: str) -> None:
    assert _paragraphs_of(PAGES[name]) == BODY


def test_an_article_that_stands_in_the_data_of_a_script() -> None:
    data = json.dumps({"props": {"contentHtml": _paragraphs()}}).replace("<", "\\u003c")
    once = f'<body><div id="root">{MENU}</div><script>window.state = {data};</script></body>'
    assert _paragraphs_of(once) == BODY
    twice = f'<body><div id="root"></div><script>push([1,{json.dumps(data)}])</script></body>'
    assert _paragraphs_of(twice) == BODY


def test_an_article_that_only_json_ld_declares() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(BODY)})
    assert _paragraphs_of(f'<body><div>{MENU}</div><script type="application/ld+json">{data}</script></body>') == BODY


def test_scripts_are_not_searched_where_the_markup_has_an_article() -> None:
    data = json.dumps({"html": "<p>Another story altogether, told at some length.</p>" * 30})
    assert _paragraphs_of(f"<body><article>{_paragraphs()}</article><script>x = {data}</script></body>") == BODY


def _outline(content: str, most: int = 1000) -> Outline:
    tree = parse_html(content)
    return read_outline(tree, most) if tree is not None else Outline()


def test_line_breaks() -> None:
    words = [b.text for b in _outline("<div>one<br>two<br><br>three<br> <br/>four</div>").blocks]
    assert words == ["one two", "three", "four"]
    long = "A sentence that is long enough to be a paragraph of its own, with commas, and with an end " * 2
    assert len(_outline(f"<div>{long}here.<br>{long}there.</div>").blocks) == 2


def test_words_of_inline_elements_stay_together() -> None:
    found = _outline("<p>It <b>was</b> <my-link>said</my-link> <a href=x>here</a>.</p><my-box><p>So.</p></my-box>")
    assert [b.text for b in found.blocks] == ["It was said here.", "So."]
    assert 0 < found.blocks[0].linked < 0.5 and 0 < found.strong[0] < 0.5


def test_what_hides_itself_is_kept_and_known() -> None:
    found = _outline('<div><p hidden>a</p><p aria-hidden="true">b</p><p style="display : none">c</p><p>d</p></div>')
    rows = structure(found, None)
    assert rows[:, COLUMNS.index("hidden")].tolist() == [1, 1, 1, 0]


def _check(found: Outline) -> None:
    n = len(found.blocks)
    assert len(found.leaf) == len(found.strong) == n
    assert all(up < k for k, up in enumerate(found.parent))
    assert all(found.first[leaf] <= i < found.last[leaf] for i, leaf in enumerate(found.leaf))
    assert all(0 <= a <= b <= n for a, b in zip(found.first, found.last, strict=True))
    assert all(a <= b for a, b in pairwise(found.first))
    rows = structure(found, Markup())
    assert rows.shape == (n, len(COLUMNS)) and bool(np.isfinite(rows).all())


NAMES = st.sampled_from(
    ["p", "div", "td", "table", "ul", "li", "b", "a", "br", "h1", "article", "x-y", "frameset", "font"]
)
TREES = st.recursive(
    st.text(max_size=12),
    lambda inner: st.tuples(NAMES, st.text(max_size=6), st.lists(inner, max_size=4)).map(
        lambda t: f'<{t[0]} class="{t[1]}">{"".join(t[2])}' + (f"</{t[0]}>" if len(t[1]) % 2 else "")
    ),
    max_leaves=30,
)


@settings(max_examples=120, deadline=None)
@given(TREES)
def test_any_tree_has_an_outline(content: str) -> None:
    _check(_outline(content))
    _check(_outline(content, 3))
    assert len(_outline(content, 3).blocks) <= 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(content: str) -> None:
    tree = parse_html(f"<script>{content}</script><p>{content}")
    if tree is not None:
        _check(read_page(tree, read_markup(tree), 100))


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 100_000 + "words", "<div><p>x" * 50_000, "<b><i><font>" * 40_000 + "words", "<p>x" * 250_000,
        "<a>" * 200_000, "<br>x" * 200_000, "<span>x</span>" * 200_000, "<table><tr><td>" * 30_000,
        "<p class='" + "a b " * 200_000 + "'>x", "<script>" + '"\\u003cp' * 200_000,
        "<script>" + ('"' + '\\u003cp\\"' * 100) * 2_000,
    ],
    ids=["depth", "depth of blocks", "fonts", "paragraphs", "links", "breaks", "spans", "tables", "names", "strings",
         "nested"],
)  # fmt: skip
def test_hostile_markup_is_bounded(content: str) -> None:
    tree = parse_html(content)
    found = read_page(tree, Markup(), 1000)
    assert len(found.blocks) <= 1000
    _check(found)
