"""The outlet: whose site the page is of. None rather than a guess.

Candidates with where each was found: the record, JSON-LD, ``og:site_name``, a "by · Outlet" line, the browser title's
end, an author box or a subscribe blurb, a station's call sign that several furniture lines share, a copyright line, the
URL. A newsroom that the text cites is never a candidate: only furniture and the head are read.
Known to fail: a page whose only mark is a logo.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name, by_url
from firsthand.records import Named, Page, Reason

from .blocks import Block, plain
from .cues import lowered
from .declared import Markup
from .evidence import Candidate, best
from .headline import title_parts
from .masthead import is_outlet_name, mastheads, of_host
from .people import is_person, split_names
from .verdicts import Verdict

_BY_OUTLET = re.compile(r"^(?:by|from)\s*[·•|:–—-]\s*(.{3,60})$|^(?:by|from)\s+(The\s.{3,50})$", re.IGNORECASE)
_EDITOR_OF = re.compile(
    r"\b(?:editor|founder|owner|publisher|co-founder|editor-in-chief|reporter|writer|journalist)\s(?:of|at|for)\s((?:[A-Z][\w&'’.-]*\s?){1,5})"
)
_SITE = re.compile(r"\b([A-Z][A-Za-z0-9-]{2,30}\.(?:com|org|net|news|info|tv|co|in|uk|us))\b")
_ON_LATEST = re.compile(r"\b(?:on|with|to|from|by|of)\s((?:[A-Z][\w&'’.-]*\s?){1,4})[.!,]")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\)|copyright)?\s*(?:(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2,4})?)?\s*,?\s*(?:by\s)?([^.,|·•©]{3,60})",
    re.IGNORECASE,
)
_CALL = re.compile(r"\b([WK][A-Z]{3}(?:-(?:TV|FM|AM|DT|LD|CD))?)\b")
_YEARS = re.compile(r"\s+(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2})?$")
_TRAIL = re.compile(
    r"\s*(?:,?\s(?:Inc|LLC|Ltd|Limited|Co|Corp|GmbH|AG|Media Group|Company)\b.*|\s?all rights.*|\s?a division.*)$",
    re.IGNORECASE,
)


def outlet_of(
    page: Page, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None, headline: str | None
) -> tuple[Named | None, tuple[Reason, ...]]:
    """The outlet with its basis, or None; and the reasons."""
    url = page.url or (markup.canonical if markup else "")
    candidates = [*_of_record(page), *(_of_markup(markup) if markup else ())]
    candidates.extend(_of_lines(blocks, verdicts, headline or ""))
    candidates.extend(c for c in mastheads(blocks, verdicts) if not _is_agency(c.value))
    candidates.extend(_of_url(url))
    candidates.extend(of_host(url, title_parts(markup.title)[1:] if markup else (), blocks) if url else ())
    chosen, reasons = best("outlet-source", candidates)
    return (Named(chosen.value, chosen.source) if chosen else None), reasons


def _of_record(page: Page) -> Iterable[Candidate]:
    given = (page.given_outlet or "").strip()
    if given:
        yield Candidate(_known_as(given, page.url), "record", 1.0, given)


def _known_as(given: str, url: str | None) -> str:
    """The newsroom's usual name for a record's ("Example Post - News"), where the table or the URL knows it."""
    short = re.sub(r"\s*\([^()]{0,40}\)\s*$", "", given)
    for name in (given, short, short.split(" - ")[0], short.replace(" Online", ""), short.replace(" Online News", "")):
        found = by_name(name)
        if found:
            return found.name
    served = by_url(url) if url else None
    if served and set(plain(served.name).split()) & set(plain(given).split()) - {"the", "news"}:
        return served.name
    return given


def _of_markup(markup: Markup) -> Iterable[Candidate]:
    for item in markup.linked:
        publisher = item.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and 2 <= len(name.strip()) <= 80:
            yield Candidate(name.strip(), "jsonld", 2.5)
            break
    for item in markup.linked:
        name = item.get("name")
        kinds = item.get("@type")
        if isinstance(name, str) and 2 <= len(name.strip()) <= 60 and _is_site(kinds):
            yield Candidate(name.strip(), "jsonld", 2.8)
            break
    site = markup.first("og:site_name", "application-name", "cre", "dc.publisher")
    if site and len(site) <= 80:
        yield Candidate(site, "meta", 2.0)


def _is_site(kinds: object) -> bool:
    return not {"WebSite", "NewsMediaOrganization", "Newspaper"}.isdisjoint(
        k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)
    )


def _of_url(url: str) -> Iterable[Candidate]:
    if not url:
        return
    room = by_url(url)
    if room:
        yield Candidate(room.name, "url", 3.0, url)
        return
    try:
        host = (urlsplit(url if "//" in url else "//" + url).hostname or "").removeprefix("www.")
    except ValueError:
        return
    if "." in host:
        yield Candidate(host, "url", 9.0, url)


def _of_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], headline: str) -> Iterable[Candidate]:
    body = [i for i, v in enumerate(verdicts) if v.role == "body"]
    first, last = (body[0], body[-1]) if body else (0, 0)
    title = _title_end(blocks, headline)
    if title:
        yield Candidate(title, "title", 4.0, blocks[0].text)
    calls: Counter[str] = Counter()
    for i, block in enumerate(blocks):
        if verdicts[i].role == "body" or len(block.text) > 1200:
            continue
        text = block.text
        if i <= first and len(text) <= 90:
            yield from _by_line(text)
        if len(text) <= 120 and " / " in text and (i <= first or i > last):
            yield from _beside_author(text)
        if i > last - 1 or verdicts[i].rule in ("author-box", "subscribe-blurb"):
            yield from _of_blurb(text)
        if (verdicts[i].rule == "rights-line" or "©" in text) and (i > last or _states_rights(text)):
            yield from _of_copyright(text)
        if len(text) <= 60:
            calls.update(_calls(text))
    yield from _station(calls)


def _title_end(blocks: Sequence[Block], headline: str) -> str:
    """The last part of a browser title whose first part is the headline ("Bridge closed | The Example Post")."""
    if not blocks:
        return ""
    parts = title_parts(blocks[0].text[:400])
    if len(parts) < 3 or not headline:
        return ""
    head = set(plain(parts[1]).split())
    alike = len(head & set(plain(headline).split())) >= 0.6 * max(1, len(head))
    return parts[-1] if alike and len(parts[-1].split()) <= 5 and plain(parts[-1]) != plain(headline) else ""


def _looks_like_outlet(name: str) -> bool:
    words = {lowered(w).strip(".,") for w in name.split()}
    common = words & set(rows("credits")["outlet"]["words"])
    return by_name(name) is not None or (bool(common) and len(words) <= 6 and name[:1].isupper())


def _by_line(text: str) -> Iterable[Candidate]:
    match = _BY_OUTLET.match(text)
    name = next((g for g in match.groups() if g), "").strip() if match else ""
    if name and _looks_like_outlet(name) and not _is_agency(name):
        yield Candidate(name, "byline-line", 3.5, text)


def _beside_author(text: str) -> Iterable[Candidate]:
    """ "Text: Ann Berg / The Ister Times": the house that its author writes for."""
    parts = [p.strip(" .()") for p in text.split(" / ")]
    if len(parts) != 2 or text.lower().startswith(("photo", "image", "picture", "foto", "bild")):
        return
    named = any(map(is_person, split_names(parts[0]))) and is_outlet_name(parts[1]) == "media"
    if named and not _is_agency(parts[1]):
        yield Candidate(parts[1], "byline-line", 7.0, text)


def _is_agency(name: str) -> bool:
    found = by_name(name)
    if found:
        return found.kind == "agency"
    return any(lowered(name).endswith(w) for w in rows("credits")["agency"]["words"])


def _of_blurb(text: str) -> Iterable[Candidate]:
    low = lowered(text)
    edits = _EDITOR_OF.search(text)
    site = _SITE.search(text)
    if edits:
        name = edits[1].strip(" .,")
        inner = _SITE.search(name)
        name = inner[1] if inner else name
        if inner or _looks_like_outlet(name):
            yield Candidate(_site_name(name), "furniture", 4.5, text[:160])
    elif site and any(w in low for w in ("bookmark", "subscribe", "follow", "newsletter", "visit")):
        yield Candidate(_site_name(site[1]), "furniture", 5.0, text[:160])
    if any(
        low.startswith(w)
        for w in ("stay informed", "stay updated", "stay tuned", "stay connected", "stay ahead", "for more")
    ):
        match = _ON_LATEST.search(text)
        if match and (len(match[1].split()) >= 2 or _looks_like_outlet(match[1])):
            name = match[1].strip(" .,")
            if not name.lower().startswith(("facebook", "twitter", "google", "whatsapp", "youtube")):
                yield Candidate(name, "furniture", 5.5, text[:160])


def _site_name(name: str) -> str:
    found = by_name(name)
    return found.name if found else re.sub(r"\.(?:com|org|net)$", "", name)


def _states_rights(text: str) -> bool:
    """Whether a line with a copyright mark speaks of the page and not of a picture: it has a year or says "rights"."""
    return "rights" in lowered(text) or re.search(r"\b(?:19|20)\d{2}\b", text[:400]) is not None


def _of_copyright(text: str) -> Iterable[Candidate]:
    match = _COPYRIGHT.search(text[:400])
    if not match:
        return
    name = re.split(r"\s[–—-]\s", _TRAIL.sub("", match[1]).strip(" -–—:;()"))[0]
    name = _YEARS.sub("", name).strip(" -–—:;()")
    room = by_name(name)
    if _is_agency(name) or not name or not any(c.isalpha() for c in name):
        return
    if not room and (_is_owner(name) or "/" in name or "(" in name or is_person(name)):
        return
    if room or (name[:1].isupper() and len(name.split()) <= 6 and "right" not in lowered(name)):
        yield Candidate(room.name if room else name, "copyright", 6.0, text[:160])


def _is_owner(name: str) -> bool:
    words = f" {plain(name)} "
    return any(f" {plain(w)} " in words for w in rows("credits")["owner"]["words"])


def _calls(text: str) -> set[str]:
    """Call signs of a furniture line whose other words are a station's ("Radar", "Temperatures", "Cam")."""
    table = rows("credits")["outlet"]
    station = set(table["station"])
    if not any(lowered(w).strip(".,:") in station for w in text.split()):
        return set()
    return {c for c in _CALL.findall(text) if c.split("-")[0] not in table["not_station"]}


def _station(calls: Counter[str]) -> Iterable[Candidate]:
    groups: dict[str, list[str]] = {}
    for call in sorted(calls):
        groups.setdefault(call.split("-")[0], []).append(call)
    counted = sorted((-sum(calls[c] for c in group), max(group, key=len), base) for base, group in groups.items())
    if counted and counted[0][0] <= -2 and (len(counted) == 1 or counted[1][0] > counted[0][0]):
        yield Candidate(counted[0][1], "furniture", 5.0, f"{-counted[0][0]} lines name {counted[0][2]}")
