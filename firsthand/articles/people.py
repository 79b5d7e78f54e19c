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

from .blocks import tidy
from .cues import lowered

_STRONG = re.compile(r"\s*(?:[,;|•●·\n、，；／・]|\s/\s|/(?=\s)|(?<=\s)/|&|\s[–—-]\s)\s*")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}|(?:https?://|www\.)\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"\([^()]{0,80}\)|（[^（）]{0,80}）|\[[^\[\]]{0,80}\]")
_PLACE = re.compile(
    r"\s+(?:in|for|at|aus|à|en|i|fra|from)\s+[A-ZÀ-Þ].{0,60}$|\s+(?:Follow|Twitter|Facebook|Share)$|(?<=[a-z])Twitter$"
)
_NOISE = re.compile(
    r"View ORCID Profile|More (?:stories|articles) by.*|Follow the authors?.*|\b\d{1,2} (?:min|minutes?) read\b"
)
_KOREAN = re.compile(r"([가-힣]{2,4})\s?(?:선임|수석|인턴|객원)?\s?(?:기자|특파원|논설위원|앵커)(?![가-힣])")
_EDGE = ' \t.:–—-()[]"“”„‘«»《》【】●©'
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


@cache
def _leads() -> tuple[frozenset[str], tuple[str, ...], int]:
    """The words before names: as a set, those of scripts without blanks, and the most words that one has."""
    words = {w for row in rows("bylines", "mul")["by"] for w in row["words"]}
    wide = tuple(sorted((w for w in words if _is_unspaced(w)), key=lambda w: (-len(w), w)))
    return frozenset(words), wide, max(w.count(" ") + 1 for w in words)


@cache
def _roles() -> frozenset[str]:
    return frozenset([*rows("credits")["outlet"]["roles"], *rows("bylines", "mul")["roles"]["words"]])


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset([*rows("credits")["outlet"]["words"], *rows("credits")["person"]["not"], *_body_words()])


@cache
def _body_words() -> frozenset[str]:
    return frozenset(rows("bylines", "mul")["bodies"]["words"])


@cache
def _joiners() -> frozenset[str]:
    return frozenset(rows("bylines", "mul")["joiners"]["words"])


def _is_unspaced(text: str) -> bool:
    """Whether text is of a script that writes names without a blank (Han, kana, Hangul)."""
    return all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or c in "々・" for c in text)


def after_lead(line: str) -> str | None:
    """What follows the word that introduces names ("By", "Von", "Автор:", "文："); None where there is none. A word
    that stands alone leaves an empty string."""
    words, wide, most = _leads()
    head = line[:200].replace("：", ":").replace("●", ":").lstrip(" •·|–—-/[(（【")
    low = lowered(head)
    before, mark, _ = low.partition(":")
    if mark and before.strip() in words:
        return head[len(before) + 1 :].strip(" :")
    tokens = low.split(None, most)
    for size in range(min(most, len(tokens)), 0, -1):
        lead = " ".join(tokens[:size])
        if lead in words:
            rest = head.split(None, size)
            return rest[size].strip(" :") if len(rest) > size else ""
    for lead in wide:
        if low.startswith(lead) and low[len(lead) :].lstrip()[:1] not in ("", "の"):
            return head[len(lead) :].strip(" :")
    return None


def is_lead(line: str) -> bool:
    """Whether a line is nothing but a word that introduces names."""
    return len(line) <= 40 and lowered(line).strip(" :") in _leads()[0]


@lru_cache(maxsize=4096)
def is_person(name: str) -> bool:
    """Whether a name can be a person's: two to six capitalised words (or words of a script without capitals), none of
    them an outlet's or a role's; in Han, kana and Hangul also two to five characters without a blank."""
    words = name.split()
    if len(words) == 1:
        return 2 <= len(name) <= (8 if any("\u3040" <= c <= "\u30ff" for c in name) else 4) and (
            _is_unspaced(name) and not is_body(name)
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


def is_body(name: str) -> bool:
    """Whether a name is a body's by its own words: a known newsroom, a web address, or a word such as "staff"."""
    if by_name(name) is not None or _DOMAIN.fullmatch(name):
        return True
    words = [w.strip(".,") for w in lowered(name).split()]
    if any(w in _body_words() for w in words):
        return True
    return any(part in lowered(name) for part in rows("bylines", "mul")["bodies"]["parts"])


def is_role(text: str) -> bool:
    """Whether words say what a person is ("Political Editor"): a role alone or at their end."""
    words = [w.strip(".,:") for w in lowered(text).split()]
    return len(text) <= 60 and any(
        " ".join(words[-n:]).removesuffix("s") in _roles() for n in range(1, 5) if n <= len(words)
    )


def split_names(line: str) -> list[str]:
    """The parts of a line of names ("By Ann Berg and Jo Lind, Staff Writers"), without "by", addresses and roles."""
    whole = tidy(_NOISE.sub(" ", _MAIL.sub(" ", line[:400])))
    if korean := _KOREAN.findall(whole):
        return list(korean)
    text = tidy(_BRACKETS.sub(" ", whole))
    if not text:
        text = whole.strip(_EDGE + "（）")
        if whole[:1] in "(（" and not (is_body(text) or _SIGNATURE.fullmatch(text)):
            return []
    text = _without_lead(text)
    parts: list[str] = []
    for piece in _STRONG.split(text):
        for name in _joined(_without_lead(piece.strip())):
            bare = _without_role(name)
            if bare:
                parts.append(bare)
    return parts


def _without_lead(text: str) -> str:
    for _ in range(2):
        rest = after_lead(text)
        if not rest:
            return text
        text = rest
    return text


def _joined(piece: str) -> list[str]:
    """Names joined by "and" in some language; a word that only looks like it stays inside a name ("Ana y Paz")."""
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
    return [*parts, " ".join(words[start:])]


def _without_role(part: str) -> str:
    """ "Political Editor Ann Berg" and "Ann Berg Political Editor" without the role, the place and stray marks."""
    text = _PLACE.sub("", part.strip(_EDGE)).strip(_EDGE)
    text = text.rstrip("0123456789 ") if text[-1:].isdigit() else text
    for _ in range(2):
        words = text.split()
        low = [lowered(w).strip(".,") for w in words]
        for size in range(min(4, len(words)), 0, -1):
            if " ".join(low[-size:]).removesuffix("s") in _roles() or " ".join(low[-size:]) in _roles():
                text = " ".join(words[:-size]).strip(_EDGE)
                break
            if size < len(words) and " ".join(low[:size]) in _roles():
                text = " ".join(words[size:]).strip(_EDGE)
                break
        else:
            break
    if text and _is_unspaced(text[-2:]):
        for role in ("記者", "记者", "기자", "特派員"):
            text = text.removesuffix(role).strip(_EDGE)
    return text


def names_in(lines: Iterable[str], sites: Sequence[str] = (), sure: bool = False) -> Names:
    """The persons and bodies that lines of names hold; shouted names in ordinary case. ``sites`` are the site's own
    names, which are bodies. ``sure``: the lines are known to be names (the markup declares them), so that a single
    word counts as a person ("Banksy"), and what stands behind the first name of a line without being one is dropped."""
    persons: dict[str, str] = {}
    bodies: dict[str, str] = {}
    own = {_key(s) for s in sites if s}
    for line in lines:
        parts = split_names(line)
        found = False
        for name in parts:
            key = _key(name)
            if not key or key in _JUNK:
                continue
            if key in own or is_body(name) or _SIGNATURE.fullmatch(name):
                bodies.setdefault(key, name)
                found = True
            elif is_person(name):
                persons.setdefault(key, name.title() if name.isupper() and len(name) > 4 else name)
                found = True
        if sure and not found and parts and 2 <= len(parts[0]) <= 60 and any(c.isalpha() for c in parts[0]):
            name = parts[0]
            (bodies if _is_sign(name) else persons).setdefault(_key(name), name)
    return Names(tuple(persons.values()), tuple(bodies.values()))


def _is_sign(name: str) -> bool:
    """Whether a declared name is rather a body's: letters all in capitals, a role alone, or an outlet's word."""
    words = [lowered(w).strip(".,") for w in name.split()]
    return (len(words) == 1 and name.isupper() and len(name) <= 6) or any(
        w in _outlet_words() or w in _roles() for w in words
    )


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", lowered(name)))


def persons(lines: Iterable[str]) -> tuple[str, ...]:
    """The persons named in lines of names, in order, each once; shouted names in ordinary case."""
    return names_in(lines).persons
