"""The outlet: whose site the page is of. None rather than a guess.

Candidates with where each was found: the record, the table of newsrooms by the page's address, JSON-LD, meta tags, the
browser title's end, and in lines of the page's top and foot a name that stands alone (``masthead.py``), "Subscribe to
X", a copyright line, a station's call sign. Where the address is known, a name that its host stands for is trusted
before another, and a name in the page's furniture that it does not stand for is trusted less than the host itself
(owners, sister papers, sponsors). A newsroom that the text cites is never a candidate: only furniture and the head are
read, and of those only the lines at the page's top and foot.
Known to fail: a page whose only mark is a logo.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from firsthand.language.rows import rows
from firsthand.newsrooms import Newsroom, by_name, by_url
from firsthand.records import Named, Page, Reason

from .agencies import agency_name
from .blocks import Block, plain
from .cues import lowered
from .declared import Markup
from .evidence import Candidate, best, body_of
from .headline import title_parts
from .masthead import is_outlet_name, mastheads
from .people import is_person, split_names
from .site import fits, host_of, labels_of, own_address, spelled, with_first, written
from .verdicts import Verdict

TOP, NEAR, UNDER, FOOT = 15, 8, 10, 30
"""Lines that are read: of the page's first, above the body, under it, of the page's last."""

_BY_OUTLET = re.compile(r"^(?:by|from)\s*[·•|:–—-]\s*(.{3,60})$|^(?:by|from)\s+(The\s.{3,50})$", re.IGNORECASE)
_EDITOR_OF = re.compile(
    r"\b(?:editor|founder|owner|publisher|co-founder|editor-in-chief|reporter|writer|journalist)\s(?:of|at|for)\s"
    r"((?:[A-Z][\w&'’.-]{0,30}\s?){1,5})"
)
_DOTTED = re.compile(r"\.(?:com|org|net|news|info|tv|co|in|uk|us)\b")
_SITE = re.compile(r"\b([A-Z][A-Za-z0-9-]{2,30}\.(?:com|org|net|news|info|tv|co|in|uk|us))\b")
_ON_LATEST = re.compile(r"\b(?:on|with|to|from|by|of)\s((?:[A-Z][\w&'’.-]{0,30}\s?){1,4})(?:[.!,]|\s?[–—-])")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,3}(?:©|\(c\)|copyright)?\s{0,3}"
    r"(?:(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2,4})?)?\s{0,3},?\s{0,3}(?:by\s)?([^.,|·•©]{3,60})",
    re.IGNORECASE,
)
_CALL = re.compile(r"[WK][A-Z]{3}(?:-(?:TV|FM|AM|DT|LD|CD))?\b")
_YEARS = re.compile(r"\s+(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2})?$")
_TRAIL = re.compile(
    r"(?:,?\s(?:Inc|LLC|Ltd|Limited|Co|Corp|GmbH|AG|Media Group|Company)\b.*|\s?all rights.*|\s?a division.*)$",
    re.IGNORECASE,
)
_TAGLINE = re.compile(r"\s+[|–—·:»-]+\s+|\s*[|»]\s*|:\s")
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6})/?$", re.IGNORECASE)


def outlet_of(
    page: Page,
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    markup: Markup | None,
    headline: str | None,
    kept: Sequence[int] = (),
) -> tuple[Named | None, tuple[Reason, ...]]:
    """The outlet with its basis, or None; and the reasons. ``kept`` are the article's lines."""
    url = page.url or (markup.canonical if markup else "")
    host = host_of(url) if url else ""
    room = by_url(url) if url else None
    mentioned = (
        ""
        if host or markup is not None
        else own_address(b.text for b, v in zip(blocks, verdicts, strict=True) if v.role != "body")
    )
    if mentioned:
        room = by_url(mentioned)
    candidates = [*_of_record(page, room)]
    declared = _settled(_of_markup(markup), host, room, markup, blocks) if markup else []
    candidates.extend(declared)
    if not mentioned:
        candidates.extend(_of_room(room, host, url))
    elif room is not None:
        candidates.append(Candidate(room.name, "furniture", 4.2, mentioned))
    if not any(c.rank <= 2.5 for c in candidates):
        site = host or mentioned
        candidates.extend(_of_host(site, url, blocks, markup) if site else ())
        known = any(c.rank <= 4.2 for c in candidates)
        found = [*_of_title(blocks, markup, headline or "", host), *_of_lines(blocks, verdicts, kept, not known)]
        candidates.extend(_weighed(found, site))
    chosen, reasons = best("outlet-source", candidates[:24])
    return (Named(chosen.value, chosen.source) if chosen else None), reasons


def _of_record(page: Page, served: Newsroom | None) -> Iterator[Candidate]:
    given = (page.given_outlet or "").strip()
    if given:
        yield Candidate(_known_as(given, served), "record", 1.0, given)


def _known_as(given: str, served: Newsroom | None) -> str:
    """The newsroom's usual name for a record's ("Example Post - News"), where the table or the URL knows it."""
    short = re.sub(r"\s*\([^()]{0,40}\)\s*$", "", given)
    for name in (given, short, short.split(" - ")[0], short.replace(" Online", ""), short.replace(" Online News", "")):
        found = by_name(name)
        if found:
            return found.name
    if served and set(plain(served.name).split()) & set(plain(given).split()) - {"the", "news"}:
        return served.name
    return given


def _of_room(room: Newsroom | None, host: str, url: str) -> Iterator[Candidate]:
    """The newsroom whose address it is: certain where the host is its own, less so below another name of it."""
    if room is not None:
        own = host in room.domains or len(host.split(".")[0]) < 5
        yield Candidate(room.name, "url", 1.5 if own else 2.4, url)


def _of_markup(markup: Markup) -> Iterator[Candidate]:
    for item in markup.linked:
        publisher = item.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and 2 <= len(name.strip()) <= 80:
            yield Candidate(name.strip(), "jsonld", 2.3)
            break
    for item in markup.linked:
        name = item.get("name")
        if isinstance(name, str) and 2 <= len(name.strip()) <= 60 and _is_site(item.get("@type")):
            yield Candidate(name.strip(), "jsonld", 2.4)
            break
    for names, rank in ((("og:site_name",), 2.0), (("application-name", "cre", "dc.publisher", "publisher"), 2.2)):
        site = markup.first(*names)
        if site and len(site) <= 100:
            yield Candidate(site.strip(), "meta", rank)
    account = markup.first("twitter:site").lstrip("@")
    if 3 <= len(account) <= 30:
        yield Candidate(account, "meta", 4.0, "twitter:site")


def _is_site(kinds: object) -> bool:
    return not {"WebSite", "NewsMediaOrganization", "Newspaper"}.isdisjoint(
        k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)
    )


def _settled(
    declared: Iterable[Candidate], host: str, room: Newsroom | None, markup: Markup, blocks: Sequence[Block]
) -> list[Candidate]:
    """What the markup declares as names: without taglines, owners behind, in the form of the table or of the page.
    A name that the host stands for comes first."""
    labels = labels_of(host)
    settled: list[Candidate] = []
    all_of = list(declared)
    for found in all_of:
        name, penalty = found.value, 0.0
        parts = [p.strip() for p in _TAGLINE.split(name) if p.strip()]
        if len(parts) > 1:
            fitting = [p for p in parts if any(fits(label, p) for label in labels)]
            name = fitting[0] if fitting else parts[0] if len(parts[0].split()) <= 4 else name
        domain = _DOMAIN.match(name)
        known = by_name(name)
        fit = any(fits(label, name.removesuffix(" Website")) for label in labels)
        if known is not None:
            name = known.name
        elif domain or name.islower() or (name.isalpha() and fit and " " not in name and found.words):
            label = labels_of(host_of(domain[1]))[0] if domain else plain(name).replace(" ", "")
            shown = written(label, _of_page(markup, blocks)) if len(label) >= 2 else ""
            name, penalty = (shown, 0.3) if shown else (name, 1.2 if domain else 0.6)
            fit = fit or bool(shown and domain)
        elif name.endswith(" Website"):
            name = name.removesuffix(" Website")
        if known is None and not fit and (_is_owner(name) or _is_firm(name)):
            penalty += 4.0
        if labels and not fit:
            backed = known is not None or plain(name) in plain(markup.title) or sum(f.value == name for f in all_of) > 1
            penalty += 0.2 if backed else 1.6
        if known is not None and room is not None and known is not room:
            penalty += 0.2
        settled.append(
            replace(found, value=name, rank=round(found.rank + penalty, 2), words=found.words or found.value)
        )
    return settled


def _of_page(markup: Markup | None, blocks: Sequence[Block]) -> Iterator[str]:
    """Short texts in which a page writes its own name: the browser title, the top and the foot."""
    if markup is not None:
        yield markup.title[:300]
    for i in (*range(min(len(blocks), 40)), *range(max(40, len(blocks) - 40), len(blocks))):
        if len(blocks[i].text) <= 160:
            yield blocks[i].text


def _of_host(host: str, url: str, blocks: Sequence[Block], markup: Markup | None) -> Iterator[Candidate]:
    """The host's name as the page writes it, and the host itself."""
    texts = list(_of_page(markup, blocks))
    for label in labels_of(host):
        shown = written(label, texts) if len(label) >= 3 else ""
        if shown:
            known = by_name(shown)
            name = known.name if known else with_first(shown, texts)
            yield Candidate(name, "furniture", 3.4, shown)
    if url:
        yield Candidate(spelled(host), "url", 9.0, url)


def _weighed(found: Iterable[Candidate], host: str) -> Iterator[Candidate]:
    """Names of furniture: those that the host stands for come first, others after the host itself."""
    labels = labels_of(host)
    for candidate in found:
        if _is_agency(candidate.value) and not any(fits(label, candidate.value) for label in labels):
            continue
        if not labels:
            yield candidate
        elif any(fits(label, candidate.value) for label in labels):
            yield replace(candidate, rank=round(2.6 + candidate.rank / 20, 2))
        else:
            yield replace(candidate, rank=round(8.6 if candidate.source == "title" else 9.2 + candidate.rank / 20, 2))


def _of_title(blocks: Sequence[Block], markup: Markup | None, headline: str, host: str) -> Iterator[Candidate]:
    """The last part of a browser title whose first part is the headline ("Bridge closed | The Example Post")."""
    title = markup.title if markup is not None else blocks[0].text[:400] if blocks else ""
    parts = title_parts(title[:400])
    if len(parts) < 3 or not headline:
        return
    head = set(plain(parts[1]).split())
    alike = len(head & set(plain(headline).split())) >= 0.6 * max(1, len(head))
    name = parts[-1]
    if not alike or len(name.split()) > 5 or plain(name) == plain(headline) or any(c.isdigit() for c in name[:2]):
        return
    known = by_name(name)
    if known or host or is_outlet_name(name) == "media" or _elsewhere(name, blocks, 1) >= 2:
        yield Candidate(known.name if known else name, "title", 4.0, title[:160])


def _elsewhere(name: str, blocks: Sequence[Block], start: int = 0) -> int:
    """How many lines of the page's top and foot hold a name."""
    near = (*range(start, min(len(blocks), 40)), *range(max(40, len(blocks) - 60), len(blocks)))
    return sum(name in blocks[i].text for i in near)


def _of_lines(
    blocks: Sequence[Block], verdicts: Sequence[Verdict], kept: Sequence[int], alone: bool
) -> Iterator[Candidate]:
    """Names in the lines of the page's top and foot; ``alone``: also those that stand by themselves."""
    body = body_of(verdicts, kept)
    first, last = (body[0], body[-1]) if body else (0, 0)
    foot = range(max(last + 1, len(blocks) - FOOT), len(blocks))
    zone = sorted({*range(min(first + 1, TOP)), *range(max(0, first - NEAR), first + 1),
                   *range(last + 1, min(len(blocks), last + 1 + UNDER)), *foot})  # fmt: skip
    for i in zone:
        text, rule = blocks[i].text, verdicts[i].rule
        if verdicts[i].role == "body" or len(text) > 1200:
            continue
        if i <= first and len(text) <= 90 and text[:1] in "bBfF":
            yield from _by_line(text)
        if " / " in text and len(text) <= 120:
            yield from _beside_author(text)
        if i > last or rule in ("author-box", "subscribe-blurb"):
            yield from _of_blurb(text)
        marked = rule == "rights-line" or "©" in text or (i > last and "opyright" in text)
        if marked and (i > last or _states_rights(text)):
            for found in _of_copyright(text):
                if is_outlet_name(found.value) == "media" or _elsewhere(found.value, blocks) >= 2:
                    yield found
    if body and alone:
        yield from mastheads(blocks, verdicts, [i for i in zone if verdicts[i].role in ("furniture", "metadata")])
    if alone:
        yield from _station(blocks, verdicts)


def _looks_like_outlet(name: str) -> bool:
    words = {lowered(w).strip(".,") for w in name.split()}
    common = words & _outlet_words()
    return (bool(common) and len(words) <= 6 and name[:1].isupper()) or by_name(name) is not None


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(rows("credits")["outlet"]["words"])


def _by_line(text: str) -> Iterator[Candidate]:
    match = _BY_OUTLET.match(text)
    name = next((g for g in match.groups() if g), "").strip() if match else ""
    if name and _looks_like_outlet(name) and not _is_agency(name):
        yield Candidate(name, "byline-line", 3.5, text)


def _beside_author(text: str) -> Iterator[Candidate]:
    """ "Text: Ann Berg / The Ister Times": the house that its author writes for."""
    parts = [p.strip(" .()") for p in text.split(" / ")]
    if len(parts) != 2 or text.lower().startswith(("photo", "image", "picture", "foto", "bild")):
        return
    named = any(map(is_person, split_names(parts[0]))) and is_outlet_name(parts[1]) == "media"
    if named and not _is_agency(parts[1]):
        yield Candidate(parts[1], "byline-line", 7.0, text)


def _is_agency(name: str) -> bool:
    found = by_name(name)
    return found.kind == "agency" if found else agency_name(name) is not None


def _of_blurb(text: str) -> Iterator[Candidate]:
    edits = _EDITOR_OF.search(text[:600]) if " of " in text or " at " in text or " for " in text else None
    low = ""
    if edits:
        name = edits[1].strip(" .,")
        inner = _SITE.search(name)
        name = inner[1] if inner else name
        if inner or _looks_like_outlet(name):
            yield Candidate(_site_name(name), "furniture", 4.5, text[:160])
    else:
        site = _SITE.search(text[:600]) if _DOTTED.search(text, 0, 600) else None
        low = lowered(text[:600]) if site else ""
        if site and any(w in low for w in ("bookmark", "subscribe", "follow", "newsletter", "visit")):
            yield Candidate(_site_name(site[1]), "furniture", 5.0, text[:160])
    if text[:1] in "sSfF" and (low or lowered(text[:40])).startswith(
        ("stay informed", "stay updated", "stay tuned", "stay connected", "stay ahead", "for more")
    ):
        match = _ON_LATEST.search(text[:600])
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


def _of_copyright(text: str) -> Iterator[Candidate]:
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


@cache
def _owner_words() -> tuple[str, ...]:
    return tuple(f" {plain(w)} " for w in rows("credits")["owner"]["words"])


def _is_owner(name: str) -> bool:
    words = f" {plain(name)} "
    return any(w in words for w in _owner_words())


def _is_firm(name: str) -> bool:
    """Whether a name has a company's legal form in it."""
    return not {"gmbh", "inc", "llc", "ltd", "ag", "sa", "kg", "plc", "corp", "limited", "spa", "srl", "bv", "ab", "as",
                "oy"}.isdisjoint(plain(name).split()[1:])  # fmt: skip


def _station(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> Iterator[Candidate]:
    """A station's call sign in several furniture lines whose other words are a station's ("Radar", "Cam")."""
    lines = [b.text for b, v in zip(blocks, verdicts, strict=True) if len(b.text) <= 60 and v.role != "body"]
    table = rows("credits")["outlet"]
    if len(_CALL.findall("\n".join(lines))) < 2:
        return
    words = set(table["station"])
    calls: Counter[str] = Counter()
    for text in lines:
        found = {m[0] for m in _CALL.finditer(text) if not text[: m.start()][-1:].isalnum()}
        if found and any(lowered(w).strip(".,:") in words for w in text.split()):
            calls.update(c for c in found if c.split("-")[0] not in table["not_station"])
    groups: dict[str, list[str]] = {}
    for call in sorted(calls):
        groups.setdefault(call.split("-")[0], []).append(call)
    counted = sorted((-sum(calls[c] for c in group), max(group, key=len), base) for base, group in groups.items())
    if counted and counted[0][0] <= -2 and (len(counted) == 1 or counted[1][0] > counted[0][0]):
        yield Candidate(counted[0][1], "furniture", 5.0, f"{-counted[0][0]} lines name {counted[0][2]}")
