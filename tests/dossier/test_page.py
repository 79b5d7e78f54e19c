"""dossier.html: self-contained, escaped, its policy strict; drawn from the dossier alone."""

from __future__ import annotations

import copy
import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.dossier import compile_dossier, render_page
from firsthand.dossier.edit_view import paragraph_pieces
from firsthand.dossier.lineage_picture import BOX, COLUMN, lineage_picture
from firsthand.dossier.side_by_side import paragraph_segments
from firsthand.dossier.timeline_picture import LETTER, timeline_picture
from firsthand.dossier.wording import fit, width
from firsthand.records import Findings

Make = Callable[..., Findings]

_TAGS = (
    "html head meta title style body a header p span main nav h1 h2 h3 h4 h5 ol ul li bdi strong em section div table "
    "thead tbody tr th td code article details summary small blockquote q svg g path text circle rect line desc defs "
    "marker dl dt dd script label select option mark figure figcaption br del ins"
)
TAGS = set(_TAGS.split())


class Seen(HTMLParser):
    """Tags, attributes and the raw text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text: list[str] = []
        self.inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.inside = tag if tag in self.raw else ""
        if self.inside:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.raw[self.inside][-1] += data
        else:
            self.text.append(data)


def check_harmless(page: str) -> Seen:
    """No tag, address, handler, style or script but the page's own, and those unchanged."""
    seen = Seen(page)
    assert set(seen.tags) <= TAGS, set(seen.tags) - TAGS
    for _, name, value in seen.attributes:
        assert not name.startswith("on") and name not in ("src", "srcset", "style", "action", "srcdoc", "xlink:href")
        if name == "href":
            assert re.fullmatch(r"#[a-z0-9-]+", value), value
    policy = next(value for tag, name, value in seen.attributes if tag == "meta" and "default-src" in value)
    assert policy.startswith("default-src 'none'")
    for kind in ("script", "style"):
        assert len(seen.raw[kind]) == 1
        digest = b64encode(sha256(seen.raw[kind][0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    page.encode("utf-8")
    return seen


def test_the_page_is_self_contained(dossier: dict[str, Any]) -> None:
    page = render_page(dossier)
    check_harmless(page)
    assert page.startswith("<!doctype html>")
    assert "@import" not in page and "url(http" not in page


def test_same_dossier_same_page_also_through_json(dossier: dict[str, Any]) -> None:
    page = render_page(dossier)
    assert page == render_page(json.loads(json.dumps(dossier)))


def test_rendering_changes_nothing(dossier: dict[str, Any]) -> None:
    before = copy.deepcopy(dossier)
    render_page(dossier)
    assert dossier == before


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "</title></style><iframe srcdoc='x'>",
    "javascript:alert(document.domain)",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- --><svg/onload=alert(1)>",
    "&lt;b&gt; &amp;#106; &#x3c;",
    "data:text/html,<b>x</b>",
    "\u202egnp.exe\u2066 \u200f",
    "nul\x00bell\x07esc\x1b[2J",
    "half a pair \ud83d",
    "العبّارة فقدت الطاقة",
    "渡轮在奥斯特码头外失去动力" * 6,
    "x" * 400,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_page_text_is_always_escaped(make: Make, words: str) -> None:
    run = make(headline=words, outlet=words, word=words, location=words)
    seen = check_harmless(render_page(compile_dossier(run)))
    visible = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", words)
    assert visible in seen.text  # as text, whole


def test_marks_of_direction_stay_inside_their_words(make: Make) -> None:
    """An override that is never closed is isolated: only in <bdi>, in a block with dir=auto, or nowhere."""
    page = render_page(
        compile_dossier(make(headline="a\u202eb", outlet="c\u202ed", location="e\u202ef", word="g\u202eh"))
    )
    for spot in re.finditer("\u202e", page):
        opening = page.rfind("<", 0, spot.start())
        tag = page[opening : page.index(">", opening)]
        allowed = tag.startswith(("<bdi", "<mark", "</a")) or 'dir="auto"' in tag
        assert allowed, page[opening - 80 : spot.start() + 20]
    assert "\u202e" not in "".join(re.findall(r"<(?:title|option|text)[^>]*>([^<]*)", page))


def test_locations_are_text_and_never_links(make: Make) -> None:
    page = render_page(compile_dossier(make(location="https://example.org/x?javascript:1")))
    assert "https://example.org/x?javascript:1" in "".join(Seen(page).text)
    assert not re.search(r'href="(?!#)', page)


anything = st.text(max_size=60) | st.sampled_from(HOSTILE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(headline=anything, outlet=anything, word=anything, location=anything)
def test_nothing_raises_and_nothing_comes_through_unescaped(
    make: Make, headline: str, outlet: str, word: str, location: str
) -> None:
    mark = "<x-evil>"
    run = make(headline=mark + headline, outlet=outlet + mark, word=mark + word, location=location)
    page = render_page(compile_dossier(run))
    assert mark not in page
    check_harmless(page)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_string_of_a_dossier_may_be_anything(make: Make, data: st.DataObject) -> None:
    """Every text field that is no id is replaced by arbitrary words: the page still comes out, and harmless."""
    dossier = compile_dossier(make())
    ids = {"id", "page", "report", "story", "claim", "a", "b", "role", "verdict", "main_claim", "schema", "direction"}
    ids |= {"pages", "reports", "statements", "carried", "silent", "unreadable", "contradicted", "claims", "loops"}
    ids |= {"cites", "derived_from"}

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: item if name in ids and not isinstance(item, (dict, list)) else changed(item, name)
                    for name, item in value.items()}  # fmt: skip
        if isinstance(value, list):
            return value if key in ids and all(isinstance(x, str) for x in value) else [changed(x, key) for x in value]
        if isinstance(value, str) and data.draw(st.integers(0, 14)) == 0:
            return data.draw(anything)
        return value

    check_harmless(render_page(changed(dossier)))


# ----------------------------------------------------------------------------------------------------- contents


def test_sections_stand_in_the_order_of_the_contract(dossier: dict[str, Any]) -> None:
    page = render_page(dossier)
    story = page[page.index('<article class="story" id="s1"') : page.index('<article class="story" id="s2"')]
    order = ["s1-head", "finding", "s1-claims", "s1-lineage", "s1-clocks", "s1-matrix", "s1-quotes", "s1-timeline",
             "s1-pairs", "s1-aside"]  # fmt: skip
    places = [story.index(f'id="{name}"' if name != "finding" else 'class="finding"') for name in order]
    assert places == sorted(places)
    assert page.index('id="method"') > page.index('id="unreadable"') > page.index('id="s2"')


def test_a_number_leads_to_the_exact_words(dossier: dict[str, Any]) -> None:
    page = render_page(dossier)
    assert 'href="#s1c1-words"' in page and 'href="#s1c1-origins"' in page and 'href="#s1c1-first"' in page
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)
    words = page[page.index('id="s1c1-words"') : page.index('id="s1c1-origins"')]
    text = "".join(Seen(words).text)
    assert "This site says that two harbour officials (unnamed because “the inquiry is not finished”) said:" in text
    assert text.count("lost power off Oster Quay on Tuesday with 41 people aboard, two harbour officials said.") == 3


def test_every_kind_of_line_is_told_apart_without_colour(dossier: dict[str, Any]) -> None:
    page = render_page(dossier)
    for kind in ("speaks", "copy", "retelling", "citation", "maybe"):
        assert f'class="edge {kind}"' in page
    style = Seen(page).raw["style"][0]
    dashes = [
        re.search(rf"\.edge\.{kind} {{[^}}]*stroke-dasharray: ([^;]*);", style)
        for kind in ("retelling", "citation", "maybe")
    ]
    assert len({match[1] for match in dashes if match}) == 3


def test_our_own_words_never_say_that_anything_is_so(dossier: dict[str, Any]) -> None:
    text = " ".join(Seen(render_page(dossier)).text)
    assert not re.search(r"\b(verif\w+|confirm\w+|true|truth|facts?|proven|proved)\b", text, re.IGNORECASE)


# ----------------------------------------------------------------------------------------------------- pictures


def test_labels_of_the_timeline_do_not_overlap() -> None:
    entries = [
        {"when": {"earliest": day, "latest": day, "basis": "stated", "words": ""}, "text": "The ferry left " * 5}
        for day in ["1994-05-01", *(f"2031-05-{number:02}" for number in range(1, 19)), "2031-12-31"]
    ]
    picture = timeline_picture(entries)
    assert picture and picture.breaks and picture.breaks[0][1].endswith("years")
    boxes = []
    for mark in picture.marks:
        size = width(mark.label) * LETTER
        left = mark.label_x if mark.anchor == "start" else mark.label_x - size
        boxes.append((mark.y, min(left, mark.x - 9), max(left + size, mark.end + 9)))
        assert left >= -1 and left + size <= picture.width + 1
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1]


def test_boxes_of_the_lineage_do_not_overlap(dossier: dict[str, Any]) -> None:
    pages = [{"id": f"p{n}", "number": n, "report": f"r{n % 30}", "outlet": "Post", "location": "x", "when": "2031"}
             for n in range(60)]  # fmt: skip
    reports = [
        {"id": f"r{n}", "newsroom": "Post", "in_collection": n < 30, "pages": [], "kind": "original", "cites": [],
         "derived_from": [], "maybe_carried_by": []}
        for n in range(50)
    ]  # fmt: skip
    picture = lineage_picture(pages, reports, dossier["claims"], [])
    assert picture.notes == ("16 of 20 absent reports are shown.", "40 of 60 pages are shown.")
    nodes = picture.nodes
    for place, one in enumerate(nodes):
        assert one.x + COLUMN <= picture.width and one.y + BOX <= picture.height
        for other in nodes[place + 1 :]:
            assert one.x != other.x or abs(one.y - other.y) >= BOX


def test_a_line_between_pages_points_only_where_the_direction_is_known(dossier: dict[str, Any]) -> None:
    pages = [{"id": f"p{n}", "number": n, "report": f"r{n}", "outlet": "Post", "location": "x", "when": ""}
             for n in (1, 2, 3)]  # fmt: skip
    reports = [
        {"id": f"r{n}", "newsroom": f"Post {n}", "in_collection": True, "pages": [], "kind": "original", "cites": [],
         "derived_from": ["r1"] if n == 3 else [], "maybe_carried_by": []}
        for n in (1, 2, 3)
    ]  # fmt: skip

    def lines(a: str, b: str, direction: str, relation: str = "rewrite") -> list[tuple[str, str, bool, str]]:
        copy = {"a": a, "b": b, "relation": relation, "direction": direction}
        picture = lineage_picture(pages, reports, [], [copy])
        found = zip(picture.edges, picture.words, strict=True)
        return [
            (edge.start, edge.end, edge.arrow, words[1]) for edge, words in found if edge.start in ("p1", "p2", "p3")
        ]

    assert lines("p1", "p2", "a_from_b") == [("p2", "p1", True, "is retold by")]
    assert lines("p1", "p2", "undetermined") == [("p1", "p2", False, "tells the same as")]
    assert lines("p1", "p2", "common_original", "edited") == [("p1", "p2", False, "shares text with")]
    assert lines("p1", "p3", "b_from_a") == []  # their reports show it


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(-5, 220), st.integers(-5, 220)), max_size=12))
def test_side_by_side_loses_no_character(text: str, passages: list[tuple[int, int]]) -> None:
    page = {"text": text, "paragraphs": [[0, len(text)]]}
    segments = [segment for paragraph in paragraph_segments(page, passages) for segment in paragraph]
    assert "".join(words for words, _, _ in segments) == text
    starts = [number for _, number, begins in segments if begins]
    assert len(starts) == len(set(starts))


@given(
    st.text(max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)).map(sorted), max_size=6),
    st.lists(st.integers(0, 220), min_size=2, max_size=20),
)
def test_edits_lose_no_character(text: str, passages: list[list[int]], places: list[int]) -> None:
    """Every edit is marked whole, a caret once, whatever passages and paragraphs it crosses."""
    paragraphs = [[m.start(), m.end()] for m in re.finditer(r"[^\n]+", text)] or [[0, len(text)]]
    page = {"text": text, "paragraphs": paragraphs}
    places = sorted(min(place, len(text)) for place in places)
    spans = [[low, high] for low, high in zip(places[::2], places[1::2], strict=False)]
    views = [{"number": n, "kind": "changed", "spans": {"a": span}} for n, span in enumerate(spans, 1)]
    cut = paragraph_pieces(paragraph_segments(page, passages), [low for low, _ in paragraphs], views, "a")
    for (low, high), paragraph in zip(paragraphs, cut, strict=True):
        assert "".join(words for pieces, _, _ in paragraph for words, _ in pieces) == text[low:high]
    pieces = [piece for paragraph in cut for row, _, _ in paragraph for piece in row]
    for view in views:
        start, end = view["spans"]["a"]
        marked = "".join(words for words, edit in pieces if edit is view)
        assert marked == text[start:end].replace("\n", "")
        carets = sum(edit is view and not words for words, edit in pieces)
        assert carets == (start == end and bool(text) and start <= paragraphs[-1][1])


def test_edits_stand_in_both_texts(dossier: dict[str, Any]) -> None:
    page = render_page(dossier)
    assert '<del dir="auto" class="long" id="s1p2-ae1"' in page and 'href="#s1p2-ae1"' in page
    assert 'id="s1p2-be1"' in page and "‸" in page
    assert "The shared text differs: 13 words in one place only on the first page." in page


@given(st.text(max_size=120), st.floats(5, 40))
def test_a_label_fits_its_box(text: str, room: float) -> None:
    label = fit(text, room)
    assert width(label) <= room or len(label) <= 2


def test_hundreds_of_pages_stay_a_reasonable_file(dossier: dict[str, Any]) -> None:
    """400 stories' index, capped sections: the page says how much it leaves out."""
    many = copy.deepcopy(dossier)
    story = many["stories"][0]
    many["stories"] = [{**story, "id": f"story-{n}", "title": f"Story {n}"} for n in range(600)]
    page = render_page(many)
    assert len(page) < 8_000_000
    assert "500 of 600 stories are named here" in page
    assert "60 of 600 stories, those with most pages, have sections below" in page
