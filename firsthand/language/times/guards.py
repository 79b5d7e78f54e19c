"""What the words around a form must be like, for it to be a time at all: "May" the month, not the minister.

A guard takes the tokens and where the form stands, and says whether it can be a time there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .cues import direction
from .tokens import Token


def _before(tokens: list[Token], start: int, back: int = 1) -> Token | None:
    return tokens[start - back] if start >= back else None


def _after(tokens: list[Token], end: int, ahead: int = 0) -> Token | None:
    return tokens[end + ahead] if end + ahead < len(tokens) else None


def _starts_sentence(tokens: list[Token], start: int) -> bool:
    left = _before(tokens, start)
    return left is None or bool(left.classes & {"BREAK"}) or left.low in (".", "!", "?", ":", '"', "“", "”")


def year(tokens: list[Token], start: int, end: int) -> bool:
    """A bare number of four digits: no sum, share, score or count, and with a word before that leads to a year where
    it lies outside of 1900 to 2050."""
    left, right = _before(tokens, start), _after(tokens, end)
    number = tokens[start].value.get("INT", tokens[start].value.get("YEAR", 0))
    if left and left.classes & {"MONEY", "NOYEAR", "SLASH"}:
        return False
    if (
        left
        and left.tight
        and tokens[start].tight
        and "DASH" in left.classes
        and start > 1
        and not (tokens[start - 2].classes & {"YEAR", "@year", "@date", "DAY", "MODIFIER", "DATEWORD"})
    ):
        return False  # the second half of a telephone number or a model's name
    if right and (right.classes & {"PERCENT", "COUNTED", "INT"} or (right.tight and right.classes & {"SLASH"})):
        return False
    if right and right.tight and right.low[:1].isalnum():
        return False
    if number < 1900 and right and right.capital and not tokens[start].value.get("LIKELY"):
        return False  # "1600 Harbour Street"
    if tokens[start].value.get("LIKELY") or (left and left.classes & {"YEARCUE", "OPEN", "@date", "MONTH"}):
        return True
    if 1900 <= number <= 2050:
        return not (left and left.classes & {"APPROX"} and right is not None and right.low.isalpha())
    return bool(left and left.classes & {"COMMA", "DASH", "and"} and start > 1 and "@year" in tokens[start - 2].classes)


def month(tokens: list[Token], start: int, end: int) -> bool:
    """A month by itself. The names that people bear too ("April", "May", "June", "August") need a word before them
    that leads to a time, or a mark or small word after them, and no name before."""
    token, left, right = tokens[end - 1], _before(tokens, start), _after(tokens, end)
    if "PERSONMONTH" not in token.classes:
        return True
    if left and "WORDMONTH" in token.classes and left.classes & {"OWNER", "POSS"}:
        return False
    if left and left.classes & {"MONTHCUE", "REL", "OPEN", "DASH"}:
        return True
    if right is not None and right.capital:
        return False
    if left and "TIMECUE" in left.classes:
        return True
    if "VERBMONTH" in token.classes and _starts_sentence(tokens, start):
        return False
    return not (left and left.capital and not _starts_sentence(tokens, start - 1))


def season(tokens: list[Token], start: int, end: int) -> bool:
    """A season by itself: after a word that leads to a time."""
    left = _before(tokens, start)
    if "ARTICLE" in tokens[start].classes:
        right = _after(tokens, end)
        return bool(left and left.classes & {"TIMECUE", "MODIFIER"}) and not (right and "OF" in right.classes)
    return bool(left and left.classes & {"SEASONCUE", "DASH"})


def after_preposition(tokens: list[Token], start: int, end: int) -> bool:
    """A word leads to a time before it."""
    left = _before(tokens, start)
    return bool(left and left.classes & {"TIMECUE"})


def tight(tokens: list[Token], start: int, end: int) -> bool:
    """Nothing but the marks of the form itself parts its words."""
    return all(t.tight for t in tokens[start + 1 : end])


def tight_end(tokens: list[Token], start: int, end: int) -> bool:
    """The last word is glued to the one before ("1980s")."""
    return tokens[end - 1].tight


def short_year(tokens: list[Token], start: int, end: int) -> bool:
    """ "'09" after a word that leads to a year."""
    left = _before(tokens, start)
    return tokens[end - 1].tight and not tokens[start].tight and bool(left and left.classes & {"YEARCUE", "@date"})


def capital(tokens: list[Token], start: int, end: int) -> bool:
    """A name: its last word that is not a number has a capital letter."""
    words = [t for t in tokens[start:end] if t.low[:1].isalpha() and "ARTICLE" not in t.classes]
    return bool(words) and words[0].capital


def side(tokens: list[Token], start: int, end: int) -> bool:
    """ "two days before" the war is a length before an event, and "before" may be a preposition."""
    right = _after(tokens, end)
    if "SIDEPREP" in tokens[end - 1].classes:
        return right is None or not (right.low[:1].isalnum())
    return True


def length(tokens: list[Token], start: int, end: int) -> bool:
    """A number with a unit: no ordinal second, no quarter as a share, no rate ("$5 a month")."""
    left, right, unit = _before(tokens, start), _after(tokens, end), tokens[end - 1]
    if unit.value.get("UNIT") == "second" and (end - start == 2 or "ONE" in tokens[start].classes):
        return False
    if unit.value.get("UNITS") == "quarter" and right and right.classes & {"OF", "DASH"}:
        return False
    if "ONE" in tokens[start].classes:
        if unit.value.get("UNIT") == "quarter" or (right and right.tight and "DASH" in right.classes):
            return False
        return not (left and left.classes & {"INT", "DECIMAL", "COUNTED", "PERCENT"})
    return True


def rel_count(tokens: list[Token], start: int, end: int) -> bool:
    """ "the past three weeks", but no "that three weeks"."""
    rel = tokens[start + ("ARTICLE" in tokens[start].classes)]
    return rel.value.get("REL") in ("last", "next", "previous", "following")


def stretch(tokens: list[Token], start: int, end: int) -> bool:
    """ "over the past year" is the twelve months up to now, where "last year" is the calendar year."""
    left = _before(tokens, start)
    return bool(left and left.classes & {"STRETCHCUE"}) and tokens[start + 1].value.get("REL") == "last"


def adjective(tokens: list[Token], start: int, end: int) -> bool:
    """A word follows that the form describes."""
    right = _after(tokens, end)
    return right is not None and right.low.isalpha()


def adverb(tokens: list[Token], start: int, end: int) -> bool:
    """No word follows that the form could describe ("sails daily", not "a daily ferry")."""
    right = _after(tokens, end)
    return right is None or not right.low.isalpha() or bool(right.classes & {"TIMECUE", "ADVERBCUE"})


def past_units(tokens: list[Token], start: int, end: int) -> bool:
    """ "in past years", not "the past years"."""
    left = _before(tokens, start)
    return bool(left and left.classes & {"PASTCUE"})


def in_daypart(tokens: list[Token], start: int, end: int) -> bool:
    """ "in the morning", "by mid-afternoon": of the day in question, and no other day follows."""
    left, right = _before(tokens, start), _after(tokens, end)
    return bool(left and left.classes & {"DAYPARTCUE"}) and not (right and ("OF" in right.classes or right.capital))


def no_dash(tokens: list[Token], start: int, end: int) -> bool:
    """No dash joins the last word to another ("the week-long")."""
    right = _after(tokens, end)
    return not (right and right.tight and "DASH" in right.classes)


def year_tail(tokens: list[Token], start: int, end: int) -> bool:
    """The "17" of "1915-17"."""
    if start < 2 or not tokens[start].tight or not tokens[start - 1].tight or "DASH" not in tokens[start - 1].classes:
        return False
    first, right = tokens[start - 2], _after(tokens, end)
    begun = int(first.value.get("INT", 0)) if "YEAR" in first.classes else 0
    return bool(begun) and int(tokens[start].value["INT"]) > begun % 100 and not (right and right.classes & {"DASH"})


def day_tail(tokens: list[Token], start: int, end: int) -> bool:
    """The "5" of "March 3-5"."""
    if start < 3 or not tokens[start - 1].classes & {"JOINT", "DASH"}:
        return False
    if "DAY" not in tokens[start - 2].classes or not tokens[start - 3].classes & {"MONTH", "MONTHABBR", "DOT"}:
        return False
    right = _after(tokens, end)
    return not (right and right.classes & {"UNIT", "UNITS", "COUNTED", "MONTH", "PERCENT", "AMPM"})


def day_head(tokens: list[Token], start: int, end: int) -> bool:
    """The "3" of "3-5 March"."""
    ahead = tokens[end : end + 3]
    return (
        len(ahead) == 3
        and bool(ahead[0].classes & {"JOINT", "DASH", "COMMA"})
        and bool(ahead[1].classes & {"DAY", "ORDINAL"})
        and bool(ahead[2].classes & {"MONTH", "MONTHABBR"})
    )


def day_beside(tokens: list[Token], start: int, end: int) -> bool:
    """One end of a range of days."""
    return day_tail(tokens, start, end) or day_head(tokens, start, end)


def looks_ahead(tokens: list[Token], start: int, end: int) -> bool:
    """The clause does not look back."""
    return direction(tokens, start, end) != "past"


def year_ended(tokens: list[Token], start: int, end: int) -> bool:
    """ "the year ended March 31": a length and no date."""
    right = _after(tokens, end)
    return bool(right and right.classes & {"ENDCUE"})


def year_alone(tokens: list[Token], start: int, end: int) -> bool:
    """ "the year" that neither ends on a day that follows nor is half of a longer word."""
    return no_dash(tokens, start, end) and not year_ended(tokens, start, end)


def no_day_after(tokens: list[Token], start: int, end: int) -> bool:
    """No day follows: "this April", not "this April 7, 2011"."""
    right = _after(tokens, end)
    if right and "DOT" in right.classes:
        right = _after(tokens, end, 1)
        return not (right and "DAY" in right.classes)
    return not (right and right.classes & {"DAY", "ORDINAL"})


def no_title(tokens: list[Token], start: int, end: int) -> bool:
    """No name of a newspaper or a programme: capitals after a capital or a quotation mark ("Valley Today")."""
    left, last = _before(tokens, start), tokens[end - 1]
    if not last.capital or left is None:
        return True
    if left.low in ('"', "“", "‘", "'", "@") and end - start > 1:
        return False
    return not left.capital or "SELF" in left.classes


def clock_time(tokens: list[Token], start: int, end: int) -> bool:
    """ "at 17:15", a time of day; a bare "5:08" may be a score or a length."""
    left = _before(tokens, start)
    return bool(left and left.classes & {"CLOCKCUE", "DASH", "@day"})


def no_name_after(tokens: list[Token], start: int, end: int) -> bool:
    """No name that the words begin: "21st Century Ferries"."""
    right = _after(tokens, end)
    return not (tokens[end - 1].capital and right and right.capital)


def for_over(tokens: list[Token], start: int, end: int) -> bool:
    """ "for over a week", not "over the next week" nor "evolved over several weeks"."""
    left = _before(tokens, start)
    return bool(left and left.classes & {"OVERCUE"}) and "ARTICLE" not in tokens[start + 1].lead


def ago_shift(tokens: list[Token], start: int, end: int) -> bool:
    """The expression counts back or on by a number of units."""
    return not tokens[start + 1].lead & {"REL", "ARTICLE"}


def bare_units(tokens: list[Token], start: int, end: int) -> bool:
    """ "for weeks": units in the plural without a number, after a word that leads to a time."""
    left = _before(tokens, start)
    return bool(left and left.classes & {"UNITSCUE"})


def weekday_day(tokens: list[Token], start: int, end: int) -> bool:
    """The day after the weekday is a date in figures."""
    return "@weekday" not in tokens[end - 1].classes and "@shift" not in tokens[end - 1].classes


def part_whole(tokens: list[Token], start: int, end: int) -> bool:
    """The part is narrower than the whole: a month of a year, a weekday of a week."""
    part, whole = tokens[start + ("ARTICLE" in tokens[start].classes)], tokens[end - 1]
    if "@weekday" in part.classes:
        return "@week" in whole.classes
    return "@year" in whole.classes


def no_past(tokens: list[Token], start: int, end: int) -> bool:
    """ "this morning", not "past night"."""
    return "NODAYPART" not in tokens[start].classes


GUARDS: Mapping[str, Callable[[list[Token], int, int], bool]] = {
    guard.__name__.replace("_", "-"): guard
    for guard in (
        clock_time, no_name_after,
        adjective, adverb, after_preposition, ago_shift, bare_units, capital, day_beside, day_head, day_tail,
        for_over, in_daypart, length, looks_ahead, month, no_dash, no_day_after, no_past, no_title, part_whole,
        past_units, rel_count, season, short_year, side, stretch, tight, tight_end, weekday_day, year, year_alone,
        year_ended, year_tail,
    )
}  # fmt: skip
