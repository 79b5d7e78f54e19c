"""The site's own address as evidence for its name: which names its host stands for, and how the page writes them.

In: a URL and names. "ledgerofnorring.example" is "Ledger of Norring", "nt.example" the "Norring Times": a name fits
where the host's label is its letters run together, its initials, or the beginnings of its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from firsthand.language.rows import rows
from firsthand.newsrooms import hostname

_WORD = re.compile(r"[^\W_]+")
_PLAIN_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|beta)\.")
_TAILS = ("news", "online", "media", "tv", "paper", "live", "web", "daily", "mag", "magazine", "site", "india", "today",
          "sports", "usa", "uk", "us", "world", "24", "com", "org", "net", "website", "digital")  # fmt: skip
_SMALL = {"the", "der", "die", "das", "le", "la", "el", "il", "of", "de", "and", "on", "in", "al", "und", "et", "y"}
_BEFORE_END = re.compile(r"[A-Za-z0-9-]{2,40}(?:\.[A-Za-z0-9-]{2,20}){0,2}$")
_ENDS = (
    ".com", ".org", ".net", ".de", ".at", ".ch", ".fr", ".es", ".it", ".nl", ".be", ".pl", ".cz", ".se", ".no",
    ".dk", ".fi", ".pt", ".co.uk", ".com.au", ".ca", ".ie", ".in", ".co.za", ".com.br", ".ru", ".ua", ".tv",
    ".news", ".co.nz", ".gr", ".hu", ".ro", ".tr", ".jp", ".kr", ".mx", ".cl", ".pe", ".eu", ".info", ".ng",
    ".ke", ".ph", ".my", ".sg", ".id", ".vn", ".lu", ".li",
)  # fmt: skip
_STRANGERS = (
    "facebook", "twitter", "instagram", "youtube", "whatsapp", "telegram", "linkedin", "google", "apple",
    "gmail", "yahoo", "hotmail", "outlook", "amazon", "tiktok", "pinterest", "reddit", "t.co", "bit.ly",
    "x.com", "spotify", "deezer", "cloudflare", "wordpress", "blogspot", "microsoft", "gstatic", "wikipedia",
    "youtu", "getty", "shutterstock", "istock", "adobe", "unsplash", "pixabay", "flickr", "mozilla", "disqus",
    "booking", "paypal", "change.org", "who.int", "gov.", "stock.",
)  # fmt: skip
_PARTS = re.compile(r"[|·•»›>©,(]|\s[–—-]\s")
LONGEST = 5
"""Words of a name that a host runs together, at most."""


def host_of(url: str) -> str:
    """The host of a URL in small letters without "www.", empty where there is none."""
    return _PLAIN_HOST.sub("", hostname(url))


def labels_of(host: str) -> tuple[str, ...]:
    """The parts of a host that can be a name run together, the site's own first ("yomiuri", then "japannews")."""
    parts = [p for p in host.split(".")[:-1] if p not in ("co", "com", "org", "net", "gov", "ac", "go", "or", "ne")]
    return tuple(squashed(p) for p in reversed(parts) if p)


def squashed(text: str) -> str:
    """Letters and digits alone, folded, without a leading "the" and with umlauts however they are written: the form in
    which hosts write names."""
    return _run(text).replace("\n", "").removeprefix("the")


_DROPPED = bytes(n for n in range(128) if not chr(n).isalnum() and n != 10)
_FOLDED = bytes(ord(chr(n).lower()) if n < 128 else n for n in range(256))


def _run(text: str) -> str:
    """Letters and digits alone, folded; line breaks stay. (As bytes: five times faster than letter by letter.)"""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    run = text.encode("ascii", "ignore").translate(_FOLDED, _DROPPED)
    return run.replace(b"ae", b"a").replace(b"oe", b"o").replace(b"ue", b"u").decode("ascii")


def own_address(texts: Iterable[str]) -> str:
    """The address that a page's furniture names most, twice or in a mail address; empty where none."""
    text = "\n".join(t[:400] for t in texts if "." in t)
    counts: Counter[str] = Counter()
    for end in _ENDS:
        at = text.find(end)
        while at >= 0:
            after = text[at + len(end) : at + len(end) + 1]
            if not (after.isalnum() or after in ("-", "_")):
                host = _BEFORE_END.search(text[max(0, at - 60) : at])
                if host:
                    before = text[max(0, at - 60) : at][: host.start()][-1:]
                    counts[host[0].lower() + end] += 2 if before == "@" else 1
            at = text.find(end, at + 1)
    hosts = [h for h in counts if not any(word in h for word in _STRANGERS)]
    best_host = min(hosts, key=lambda h: (-counts[h], h), default="")
    return best_host.removeprefix("www.") if counts[best_host] >= 2 else ""


def fits(label: str, name: str) -> bool:
    """Whether a host's label can stand for this name."""
    run = squashed(name)
    if len(label) < 2 or len(run) < 2:
        return False
    if run == label or run.removesuffix("com") == label:
        return True
    for short, long in ((run, label), (label, run)):
        if len(short) >= 3 and long.startswith(short) and long[len(short) :] in _TAILS:
            return True
    words = [w for w in (squashed(w) or w.casefold() for w in _WORD.findall(name)) if w]
    if len(words) > 8:
        return False
    if len(words) >= 2 and len(label) >= 4 and words[-1] == label:
        return True
    return len(words) >= 2 and (
        _of_beginnings(label, words) or _of_beginnings(label, [w for w in words if w not in _SMALL])
    )


def _of_beginnings(label: str, words: Sequence[str]) -> bool:
    """Whether the label is a beginning of each word in turn, one letter at least of each."""
    reached = {0}
    for word in words:
        following = set()
        for at in reached:
            size = 1
            while size <= len(word) and label[at : at + size] == word[:size]:
                following.add(at + size)
                size += 1
        reached = following
    return len(words) >= 2 and len(label) in reached


def written(label: str, texts: Iterable[str]) -> str:
    """How the texts write the name that the label runs together, the form most often met, or empty. Small letters
    only where nothing else is met; the address itself and an account are no form."""
    beginnings = {label[:n] for n in range(1, len(label) + 1)}
    seen: Counter[str] = Counter()
    lines = [t.replace("\n", " ") for t in texts]
    for text, run in zip(lines, _run("\n".join(lines)).split("\n"), strict=True):
        if label not in run:
            continue
        spans = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        for n, (start, _) in enumerate(spans):
            run = ""
            for _, end in spans[n : n + LONGEST]:
                if end - start > 60:
                    break
                run = squashed(text[start:end])
                if run == label:
                    if not _of_address(text, start, end):
                        seen[_whole(text, start, end)] += 1
                    break
                if run not in beginnings:
                    break
    forms = {form: n for form, n in seen.items() if not form.islower()} or dict(seen)
    return min(forms, key=lambda f: (f.isupper() and len(f) > 4, -forms[f], f)) if forms else ""


def _of_address(text: str, start: int, end: int) -> bool:
    """Whether the words are part of an address or an account ("norring.example", "@norring")."""
    return text[start - 1 : start] in ("@", "/", "_") or (
        text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum()
    )


def _whole(text: str, start: int, end: int) -> str:
    """The form with "The" where that stands before it and the line begins with it."""
    return text[start - 4 : end] if text[max(0, start - 4) : start] == "The " and start == 4 else text[start:end]


def with_first(name: str, texts: Iterable[str]) -> str:
    """The name with the capitalised word that stands before it at most places where it is alone on a line or part of
    one ("Courier": "Norring Courier"), where the name is one word; else the name."""
    if " " in name or len(name) < 4 or name.isupper():
        return name
    alone, longer = 0, Counter[str]()
    for text in texts:
        if name not in text:
            continue
        for part in _PARTS.split(text[:200]):
            words = part.strip(" .,:©").split()
            if not words or words[-1] != name or len(words) > 3:
                continue
            if len(words) == 1:
                alone += 1
            elif all(w[:1].isupper() and w.isalpha() for w in words) and words[0].lower() not in _not_first():
                longer[" ".join(words)] += 1
    best = min(longer, key=lambda f: (-longer[f], f), default="")
    return best if best and longer[best] >= max(2, alone) else name


@cache
def _not_first() -> frozenset[str]:
    table = rows("credits")["masthead"]
    return frozenset((*_SMALL, *table["generic"], *table["never"], *table["no_first"]))


def spelled(host: str) -> str:
    """A name made of the host where it parts its words ("norring-times.example": "Norring Times"), else the host."""
    label = max(host.split(".")[:-1], key=len, default="")
    words = label.split("-")
    if len(words) >= 2 and all(len(w) >= 3 and w.isalpha() for w in words):
        return " ".join(w.title() for w in words)
    return host
