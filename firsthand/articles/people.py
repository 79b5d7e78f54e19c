"""Names in bylines: splitting a line of names, and telling a person from an outlet, a desk, a role or a place.

Which words introduce names, join them, stand beside them, or make them a body's, in many languages, is data:
``language/mul/bylines.toml`` and the outlets' words of ``language/en/credits.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name

from .blocks import tidy, words_of
from .cues import lowered

_STRONG = re.compile(r"\s*(?:[,;|•●·\n、，；／・]|\s/\s|/(?=\s)|(?<=\s)/|&|\s[–—-]\s)\s*")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}|(?:https?://|www\.)\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"\([^()]{0,80}\)|（[^（）]{0,80}）|\[[^\[\]]{0,80}\]")
_PLACE = re.compile(
    r"\s+(?:in|for|at|aus|à|en|i|fra|from)\s+[A-ZÀ-Þ].{0,60}$|\s+(?:Follow|Twitter|Facebook|Share)$|(?<=[a-z])Twitter$"
)
_NOISE = re.compile(
    r"View ORCID Profile|\b(?:Uhr|kl\.|klo|Updated|Published|Posted|Aktualisiert|Veröffentlicht|Stand)(?![^\W\d_]):?|"
    r"More (?:stories|articles) by.*|Follow the authors?.*|\b\d{1,2} (?:min|minutes?) read\b"
)
_GLUED = re.compile(r"(?<=[a-zß-ÿ]{3})(?=[A-ZÀ-Þ][a-zß-ÿ])")
_KOREAN = re.compile(r"([가-힣]{2,4})\s?(?:선임|수석|인턴|객원)?\s?(?:기자|특파원|논설위원|앵커)(?![가-힣])")
_EDGE = ' \t.:–—-()[]"“”„‘«»《》【】●©'
_ACRONYM = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{3,5}\d{0,2}")
_OPEN = " •·|–—-/[(（【"
_DOMAIN = re.compile(r"(?:[\w-]{1,60}\.){1,3}[a-z]{2,4}", re.IGNORECASE)
_SIGNATURE = re.compile(r"[a-zäöüß]{2,5}(?:/[a-zäöüß]{2,5}){0,3}")
_PARTICLES = {"de", "da", "del", "della", "der", "den", "di", "do", "dos", "das", "du", "el", "al", "bin", "ibn", "la",
              "le", "van", "von", "vom", "zu", "zum", "ter", "ten", "y", "e", "of", "st", "bint", "ben", "af", "av",
              "genannt", "und", "jr", "sr", "ii", "iii", "dr", "prof", "mag", "abu", "auf", "zur", "op"}  # fmt: skip
_FORENAMES = {"al", "ben", "van", "do", "mag"}
"""Particles that are forenames where a name begins with them."""
_JUNK = {"share", "copy", "follow", "comments", "comment", "read", "more", "menu", "home", "subscribe", "login"}


@dataclass(frozen=True, slots=True)
class Names:
    """Whom a byline names: ``persons``, and ``bodies`` (outlets, agencies, desks, and signatures of initials, which
    name no one), each in order and once."""

    persons: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.persons or self.bodies)


@dataclass(frozen=True, slots=True)
class _Leads:
    """The words before names: ``plain`` ones, ``marked`` with those that need a colon, ``wide`` ones of scripts without
    blanks; ``first`` words of the plain ones; ``most`` words of one."""

    plain: frozenset[str]
    marked: frozenset[str]
    wide: tuple[str, ...]
    first: frozenset[str]
    most: int


@cache
def _leads() -> _Leads:
    table = rows("bylines", "mul")["by"]
    words = frozenset(w for row in table for w in row["words"])
    marked = words | {w for row in table for w in row.get("colon", ())}
    wide = tuple(sorted((w for w in words if _is_unspaced(w)), key=lambda w: (-len(w), w)))
    first = frozenset(w.split()[0] for w in words)
    return _Leads(words, marked, wide, first, max(w.count(" ") + 1 for w in words))


@cache
def _roles() -> frozenset[str]:
    return frozenset([*rows("credits")["outlet"]["roles"], *rows("bylines", "mul")["roles"]["words"]])


@cache
def _role_edges() -> tuple[frozenset[str], frozenset[str]]:
    """The first words of roles, and the last ones with and without the ``s`` of several."""
    last = {role.split()[-1] for role in _roles()}
    return frozenset(role.split()[0] for role in _roles()), frozenset(last | {f"{word}s" for word in last})


@cache
def _outlet_words() -> frozenset[str]:
    """Words that are no part of a person's name."""
    table = rows("bylines", "mul")
    own = (*table["not_names"]["words"], *table["bodies"]["words"], *table["bodies"]["beside"])
    return frozenset([*rows("credits")["outlet"]["words"], *rows("credits")["person"]["not"], *own])


@cache
def _bodies() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    table = rows("bylines", "mul")["bodies"]
    return frozenset(table["words"]), frozenset(table["beside"]), tuple(table["parts"])


@cache
def _role_endings() -> tuple[str, ...]:
    return tuple(rows("bylines", "mul")["role_endings"]["words"])


@cache
def _joiners() -> frozenset[str]:
    return frozenset(rows("bylines", "mul")["joiners"]["words"])


def _is_unspaced(text: str) -> bool:
    """Whether text is of a script that writes names without a blank (Han, kana, Hangul)."""
    return all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or c in "々・" for c in text)


def after_lead(line: str) -> str | None:
    """What follows the word that introduces names ("By", "Von", "Автор:", "文："); None where there is none. A word
    that stands alone leaves an empty string."""
    leads = _leads()
    head = line[:200].lstrip(_OPEN)
    if not head.isascii():
        head = head.replace("：", ":").replace("●", ":")
    mark = head.find(":", 0, 40)
    if mark > 0 and lowered(head[:mark]).strip() in leads.marked:
        return head[mark + 1 :].strip(" :")
    first = head.split(None, 1)
    if first and lowered(first[0]) in leads.first:
        tokens = head.split(None, leads.most)
        low = [lowered(t) for t in tokens]
        for size in range(min(leads.most, len(tokens)), 0, -1):
            if " ".join(low[:size]) in leads.plain:
                rest = head.split(None, size)
                return rest[size].strip(" :") if len(rest) > size else ""
    if head[:1] > "\u3040" and head.startswith(leads.wide):
        for lead in leads.wide:
            if head.startswith(lead) and head[len(lead) :].lstrip()[:1] not in ("", "の"):
                return head[len(lead) :].strip(" :")
    return None


def is_lead(line: str) -> bool:
    """Whether a line is nothing but a word that introduces names."""
    return len(line) <= 40 and lowered(line).strip(" :") in _leads().marked


@lru_cache(maxsize=4096)
def is_person(name: str) -> bool:
    """Whether a name can be a person's: two to six capitalised words (or words of a script without capitals), none of
    them an outlet's or a role's; in Han, kana and Hangul also two to five characters without a blank."""
    words = name.split()
    if len(words) == 1:
        return 2 <= len(name) <= (8 if any("\u3040" <= c <= "\u30ff" for c in name) else 4) and (
            _is_unspaced(name) and not is_body(name) and name not in _leads().marked and name not in _outlet_words()
        )
    if not 2 <= len(words) <= 6 or len(name) > 60 or any(c.isdigit() for c in name) or is_body(name):
        return False
    if any(lowered(w).strip(".,") in _outlet_words() for w in words):
        return False
    telling = [w for w in words if w.lower().strip(".") not in _PARTICLES]
    telling.extend(w for w in words[:1] if w[0].isupper() and w.lower() in _FORENAMES)
    if len(telling) < 2 and not (len(telling) == 1 and len(words) > 2):
        return False
    return all(_is_name_word(w) for w in telling)


def _is_name_word(word: str) -> bool:
    if not all(c.isalpha() or c in ".'’‘`-‐‑" or unicodedata.category(c)[0] == "M" for c in word):
        return False
    if word[0].isupper() or (word[0].isalpha() and word[0].lower() == word[0].upper()):
        return True
    return len(word) > 2 and word[1] in "'’" and word[2].isupper()  # d'Angelo, O'Neil


@lru_cache(maxsize=4096)
def is_body(name: str) -> bool:
    """Whether a name is a body's by its own words: a known newsroom, a web address, a word such as "staff", or an
    acronym without a vowel ("MDR Thüringen")."""
    if by_name(name) is not None or _DOMAIN.fullmatch(name):
        return True
    if name[:1].islower() or len(name) > 60 or name.count(" ") > 6:
        return False
    alone, beside, parts = _bodies()
    pairs = [(w.strip(".,"), lowered(w).strip(".,")) for w in name.split()]
    if any(low in alone for _, low in pairs):
        return True
    if len(pairs) > 1 and any(low in beside and (w[:1].isupper() or low == w.upper()) for w, low in pairs):
        return True
    if any(len(w) >= 3 and _ACRONYM.fullmatch(w) for w in name.split()):
        return True
    return any(part in lowered(name) for part in parts)


def is_role(text: str) -> bool:
    """Whether words say what a person is ("Political Editor", "Wirtschaftsredakteur"): by their end."""
    words = [w.strip(".,:") for w in lowered(text).split()]
    if not words or len(text) > 60:
        return False
    ends = (" ".join(words[-n:]).removesuffix("s") for n in range(1, min(5, len(words)) + 1))
    if words[-1].endswith(_role_endings()) or any(end in _roles() for end in ends):
        return True
    return len(words) > 1 and (words[0] in _roles() or words[0].endswith(_role_endings()))  # "Redakteurin für Kultur"


def split_names(line: str) -> tuple[str, ...]:
    """The parts of a line of names ("By Ann Berg and Jo Lind, Staff Writers"), without "by", addresses and roles. (A
    line is asked about several times while its page is read.)"""
    return _parts_of(line[:400])


@lru_cache(maxsize=512)
def _parts_of(line: str) -> tuple[str, ...]:
    if "@" in line or "://" in line or "www." in line:
        line = _MAIL.sub(" ", line)
    whole = tidy(_NOISE.sub(" ", line))
    if not whole.isascii() and (korean := _KOREAN.findall(whole)):
        return tuple(korean)
    text = tidy(_BRACKETS.sub(" ", whole)) if "(" in whole or "[" in whole or "（" in whole else whole
    if not text:
        text = whole.strip(_EDGE + "（）")
        if whole[:1] in "(（" and not (is_body(text) or is_signature(text)):
            return ()
    text = _parted(_without_lead(text))
    parts: list[str] = []
    for piece in _STRONG.split(text):
        for name in _joined(_without_lead(piece.strip())):
            bare = _without_role(name)
            if bare:
                parts.append(bare)
    return tuple(parts)


def _parted(text: str) -> str:
    """Names of two elements that were joined without a blank ("Ann BergJo Lind"), parted; "BuzzFeed" stays whole."""
    cuts = [m.start() for m in _GLUED.finditer(text)][:6]
    for at in reversed(cuts):
        left, right = _STRONG.split(text[:at])[-1], _STRONG.split(text[at:])[0]
        if " " in left and " " in right:
            text = f"{text[:at]}, {text[at:]}"
    return text


def _without_lead(text: str) -> str:
    for _ in range(2):
        rest = after_lead(text)
        if not rest:
            return text
        text = rest
    return text


def _joined(piece: str) -> list[str]:
    """Names joined by "and" in some language, by a stroke, or a person's and a newsroom's side by side; a word that
    only looks like "and" stays inside a name ("Ana y Paz")."""
    slashed = [p.strip() for p in piece.split("/")]
    if len(slashed) > 1 and all(is_person(p) or is_body(p) for p in slashed):
        return slashed
    words = piece.split()
    if len(words) < 3:
        return [piece]
    cuts = [i for i, w in enumerate(words) if 0 < i < len(words) - 1 and w.lower() in _joiners()]
    parts, start = [], 0
    for i in cuts:
        left, right = " ".join(words[start:i]), " ".join(words[i + 1 :])
        if words[i].lower() in ("and", "und", "et", "og", "och") or (
            (is_person(left) or is_body(left)) and (len(right.split()) >= 2 or is_body(right))
        ):
            parts.append(left)
            start = i + 1
    return [name for part in (*parts, " ".join(words[start:])) for name in _beside_newsroom(part)]


def _beside_newsroom(name: str) -> list[str]:
    """ "Ann Berg The Norring Post" as the person and the newsroom, where the newsroom is known."""
    words = name.split()
    for size in range(min(4, len(words) - 2), 0, -1):
        if by_name(" ".join(words[-size:])) is not None and is_person(" ".join(words[:-size])):
            return [" ".join(words[:-size]), " ".join(words[-size:])]
    return [name]


def _without_role(part: str) -> str:
    """ "Political Editor Ann Berg" and "Ann Berg Political Editor" without the role, the place and stray marks; a
    body's name is left as it is ("Guardian staff reporter")."""
    text = _PLACE.sub("", part.strip(_EDGE)).strip(_EDGE)
    text = text.rstrip("0123456789 ") if text[-1:].isdigit() and " " in text else text
    whole = text
    for _ in range(3):
        shorter = _one_role_less(text)
        if shorter == text:
            break
        text = shorter
    words = text.split()
    while len(words) > 2 and words[-1].lower() in _joiners():
        words.pop()
    text = " ".join(words)
    return whole if text != whole and not is_person(text) and is_body(whole) else text


def _one_role_less(text: str) -> str:
    words = text.split()
    low = [w.strip(".,") for w in lowered(text).split()]
    firsts, lasts = _role_edges()
    if low and (low[0] in firsts or low[-1] in lasts or low[-1].endswith(_role_endings())):
        for size in range(min(4, len(words)), 0, -1):
            end, start = " ".join(low[-size:]), " ".join(low[:size])
            if end in _roles() or end.removesuffix("s") in _roles() or (size == 1 and end.endswith(_role_endings())):
                kept = words[:-size]
                while kept and kept[-1].endswith(("ische", "ischer", "ender", "ende", "elle", "eller")):
                    kept.pop()  # "politische Korrespondentin"
                return " ".join(kept).strip(_EDGE)
            if size < len(words) and start in _roles():
                return " ".join(words[size:]).strip(_EDGE)
    if text and _is_unspaced(text[-2:]):
        for role in ("記者", "记者", "기자", "特派員"):
            text = text.removesuffix(role).strip(_EDGE)
    return text


def names_in(lines: Iterable[str], sites: Sequence[str] = (), sure: bool = False) -> Names:
    """The persons and bodies that lines of names hold; shouted names in ordinary case. ``sites`` are the site's own
    names and its host: a name like them is a body's, and says nothing beside a person. ``sure``: the lines are known
    to be names (the markup declares them), so that a single word counts as a person ("Banksy"), and what stands behind
    the first name of a line without being one is dropped."""
    persons: dict[str, str] = {}
    bodies: dict[str, str] = {}
    own: set[str] = set()
    for line in lines:
        parts = [_once(name) for name in split_names(line)]
        found = False
        for name in parts:
            key = _key(name)
            if not key or key in _JUNK or (not sure and is_role(name) and by_name(name) is None):
                continue
            site = is_own(name, sites)
            if site or is_body(name) or (sure and is_signature(name)):
                bodies.setdefault(key, name)
                found = True
                if site and (len(parts) > 1 or not sure):
                    own.add(key)
            elif is_person(name):
                persons.setdefault(key, name.title() if name.isupper() and len(name) > 4 else name)
                found = True
        if sure and not found and parts and 2 <= len(parts[0]) <= 60 and any(c.isalpha() for c in parts[0]):
            name = parts[0]
            (bodies if _is_sign(name) else persons).setdefault(_key(name), name)
    kept = (n for key, n in bodies.items() if not (persons and key in own))
    return Names(tuple(persons.values()), tuple(kept))


def _once(name: str) -> str:
    """A name that stands twice in a row (for readers and for screens), once."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name


def is_own(name: str, sites: Sequence[str]) -> bool:
    """Whether a name is the site's own: equal to one of ``sites``, or beginning with its host's first label."""
    flat = _key(name).replace(" ", "")
    for site in sites:
        own = _run_together(site)
        if own and flat == own:
            return True
        label, dot, _ = site.partition(".")
        label = _run_together(label) if dot else ""
        if dot and " " not in site and len(label) >= 3 and (flat.startswith(label) or label.startswith(flat)):
            return len(flat) >= 3
    return False


@lru_cache(maxsize=256)
def _run_together(name: str) -> str:
    return _key(name).replace(" ", "")


def is_signature(name: str) -> bool:
    """Whether a name is a signature of initials in small letters ("kesm", "srf/hosb")."""
    return bool(_SIGNATURE.fullmatch(name)) and name not in _leads().marked and name not in _joiners()


def _is_sign(name: str) -> bool:
    """Whether a declared name is rather a body's: letters all in capitals, a role alone, or an outlet's word."""
    words = [lowered(w).strip(".,") for w in name.split()]
    return (len(words) == 1 and name.isupper() and len(name) <= 6) or any(
        w in _outlet_words() or w in _roles() for w in words
    )


def _key(name: str) -> str:
    return " ".join(words_of(lowered(name)))


def persons(lines: Iterable[str]) -> tuple[str, ...]:
    """The persons named in lines of names, in order, each once; shouted names in ordinary case."""
    return names_in(lines).persons
