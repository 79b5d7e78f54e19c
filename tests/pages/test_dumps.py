"""Page dumps: parted where a header begins a page, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken import PROSE
from hypothesis import given
from hypothesis import strategies as st
from reading import SMALL, read

from firsthand.pages.dumps import dump_of

BODY = "\n".join(PROSE.strip().split("\n\n")[0] + f" That was on day {n}." for n in range(9))
URLS = [f"https://ostrel.example/2031/05/harbour-{n}?page=1" for n in range(4)]
HEADERS = {
    "key": "URL: {}\n",
    "source_url": "Source URL: {}\n\n",
    "target": "WARC-Target-URI: {}\nWARC-Date: 2031-05-06T07:08:09Z\nContent-Length: 77\n\n",
    "hashes": "### {}\n",
    "rule": "=== {} ===\n",
    "head": "==> {} <==\n",
    "page": "----- Page 7: {} -----\n",
    "tag": "<url>{}</url>\n",
    "doc": '<doc id="7" url="{}" title="Harbour">\n',
    "bare": "\n\n{}\n",
    "bare_titled": "\n{}\nTitle: Harbour\nDate: 2031-05-06\n\n",
    "bracket": "\n\n<{}>\n\n",
    "ruled_bare": "----------\n{}\n\n",
    "titled": "----------\nTitle: Harbour\nURL: {}\n\n",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", sorted(HEADERS))
def test_every_style(name: str, end: str, tmp_path: Path) -> None:
    raw = "\n".join(HEADERS[name].format(url) + BODY for url in URLS) + "\n"
    (tmp_path / "pile.txt").write_bytes(raw.replace("\n", end).encode())
    pages, rejected = read(tmp_path)
    assert not rejected
    assert [p.url for p in pages] == URLS
    assert all(p.content.replace("\r\n", "\n").strip().removesuffix("</doc>").strip() == BODY for p in pages)


def test_what_stands_below_a_header_is_taken_for_what_it_says(tmp_path: Path) -> None:
    pairs = "Title: Harbour closed\nAuthor: Ada Renn\nDate: 6 May 2031\nSource: Ostrel Courier\nCrawled: 2031-05-07\n"
    pairs += "Tags: ferries\n\n"
    (tmp_path / "pile.txt").write_text("".join(f"URL: {url}\n{pairs}{BODY}\n\n" for url in URLS))
    page = read(tmp_path)[0][1]
    assert (page.given_headline, page.given_byline, page.given_date) == ("Harbour closed", ("Ada Renn",), "6 May 2031")
    assert (page.given_outlet, page.captured, page.content.strip()) == ("Ostrel Courier", "2031-05-07", BODY)


ONE_PAGE = {
    "cited": f"{URLS[0]}\n{BODY}\n\nRead more:\n\n{URLS[1]}\n\n{BODY}\n\nSee also:\n{URLS[2]}\n\n{BODY}",
    "embedded": f"{URLS[0]}\n{BODY}\n\nhttps://twitter.com/a/status/1\n\n{BODY}\n\nhttps://youtu.be/x\n\n{BODY}",
    "one_link": f"{URLS[0]}\n{BODY}\n\n{URLS[1]}\n\n{BODY}",
    "list_of_links": f"{URLS[0]}\n{BODY}\n" + "\n\n".join(URLS),
    "inside": f"{BODY}\n\n{URLS[0]}\n\n{BODY}\n\n{URLS[1]}\n\n{BODY}",
    "picture": f"{URLS[0]}\n{BODY}\n\nhttps://ostrel.example/a.jpg\n\n{BODY}\n\nhttps://ostrel.example/b.jpg\n\n{BODY}",
    "key_inside": f"{BODY}\n\nURL: {URLS[0]}\n\n{BODY}",
    "no_header": f"Harbour closed\n\n{BODY}\n\n{URLS[0]}\n{URLS[1]}\n",
}


@pytest.mark.parametrize("name", sorted(ONE_PAGE))
def test_a_link_does_not_cut_a_page(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(ONE_PAGE[name])
    pages, rejected = read(tmp_path)
    assert len(pages) == 1 and not rejected
    assert pages[0].content.count("That was on day 3.") == ONE_PAGE[name].count("That was on day 3.")


def test_a_link_inside_a_page_of_a_dump_does_not_cut_it(tmp_path: Path) -> None:
    inside = f"{BODY}\n\nhttps://other.example/report\n\n{BODY}"
    (tmp_path / "pile.txt").write_text("".join(f"{url}\n{inside}\n\n\n" for url in URLS))
    assert [p.url for p in read(tmp_path)[0]] == URLS


def test_a_page_of_a_dump_that_is_too_long_costs_only_itself(tmp_path: Path) -> None:
    bodies = [BODY, (BODY + "\n") * 400, BODY]
    (tmp_path / "pile.txt").write_text("".join(f"URL: {u}\n{b}\n" for u, b in zip(URLS, bodies, strict=False)))
    pages, rejected = read(tmp_path, options=SMALL)
    assert [p.url for p in pages] == [URLS[0], URLS[2]]
    assert len(rejected) == 1 and URLS[1] in rejected[0].why and "above the limit" in rejected[0].why


@given(
    st.lists(
        st.sampled_from(["", "---", URLS[0], "URL: " + URLS[1], "Title: x", BODY, "# " + URLS[2], "a:"]), max_size=20
    )
)
def test_any_lines_give_a_verdict(lines: list[str]) -> None:
    dump_of("\n".join(lines).encode())
