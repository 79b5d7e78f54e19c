"""Part of speech and lemma of every token, as the model's rules and tables say, each case worked out once.

In: a ``Doc`` with tags and labels, on which the model's attribute ruler and lemmatizer did not run. Out: for each token
what they would have written. They tried 170 patterns at every token, a sixth of all that parsing cost; but most
patterns ask of one token for its word, tag and label alone, so what they say of the three holds wherever these meet
again. A sentence in which a pattern over several tokens fits ("there is", "gonna") goes through the model's own parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language

PARTS = ("attribute_ruler", "lemmatizer")
"""The parts of the model that need not run before."""
MOST = 200_000
"""Words with tag and label that are remembered; then they are worked out anew."""

Form = tuple[str, str, str, str]
"""Lemma (lower case), part of speech, tag, label."""
_Key = tuple[int, int, int]


class _Ruled(NamedTuple):
    """What the rules for one token write: ``label`` and ``lemma`` are empty where they say nothing of them."""

    tag: str
    label: str
    pos: int
    pos_name: str
    morph: Any
    lemma: str


class WordForms:
    """The model's rules, and what they said before."""

    def __init__(self, model: Language) -> None:
        from spacy.matcher import Matcher
        from spacy.pipeline import AttributeRuler

        self._vocab = model.vocab
        self._whole: list[Any] = [model.get_pipe(name) for name in PARTS]
        self._lemmatizer = self._whole[1]
        index = self._lemmatizer.lookups.get_table("lemma_index", {})
        for part in list(index):  # lists of up to 57,000 words, of which it only asks whether a word is in them
            index[part] = frozenset(index[part])
        patterns = self._whole[0].patterns
        alone = [p for p in patterns if all(len(row) == 1 and _is_plain(row[0]) for row in p["patterns"])]
        self._alone = AttributeRuler(model.vocab)
        self._alone.add_patterns(alone)
        self._several = Matcher(model.vocab)
        for number, pattern in enumerate(patterns):
            if pattern not in alone:
                self._several.add(str(number), pattern["patterns"])
        asked = [row[0] for p in alone for row in p["patterns"]]
        self._words = frozenset(word for spec in asked for word in _named(spec, "LOWER"))
        self._labels = frozenset(label for spec in asked for label in _named(spec, "DEP"))
        self._ruled: dict[tuple[str | None, bool, int, str | None], _Ruled] = {}
        self._known: dict[_Key, Form] = {}

    def of(self, doc: Any) -> list[Form]:
        """The forms of all tokens."""
        if self._several(doc, allow_missing=True):
            for part in self._whole:
                doc = part(doc)
            return [(t.lemma_.lower(), t.pos_, t.tag_, t.dep_) for t in doc]
        if len(self._known) > MOST:
            self._known.clear()
        known = self._known
        keys = map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist())
        return [known.get(key) or self._learn(doc[i], key) for i, key in enumerate(keys)]

    def _learn(self, token: Any, key: _Key) -> Form:
        word, label = token.lower_, token.dep_
        case = (
            word if word in self._words else None,
            token.is_space,
            token.tag,
            label if label in self._labels else None,
        )
        ruled = self._ruled.get(case)
        if ruled is None:
            ruled = self._ruled[case] = self._rule(token)
        if not ruled.lemma:
            token.pos = ruled.pos
            token.set_morph(ruled.morph)
        lemma = ruled.lemma or self._lemmatizer.lemmatize(token)[0]
        form = self._known[key] = (lemma.lower(), ruled.pos_name, ruled.tag, ruled.label or label)
        return form

    def _rule(self, token: Any) -> _Ruled:
        """What the rules for one token say of one like this."""
        from spacy.tokens import Doc

        single = Doc(self._vocab, words=[token.text])
        single[0].tag, single[0].dep = token.tag, token.dep
        made = self._alone(single)[0]
        label = made.dep_ if made.dep != token.dep else ""
        return _Ruled(made.tag_, label, made.pos, made.pos_, made.morph, made.lemma_)


def _is_plain(spec: Mapping[str, Any]) -> bool:
    """Whether a pattern asks of its token for nothing but what the cases here are told apart by."""
    return spec.keys() <= {"LOWER", "TAG", "DEP", "IS_SPACE"} and all(
        isinstance(wanted, str | bool) or wanted.keys() <= {"IN", "NOT_IN"} for wanted in spec.values()
    )


def _named(spec: Mapping[str, Any], attribute: str) -> Iterable[str]:
    """The values of an attribute that a pattern names."""
    wanted = spec.get(attribute, ())
    if isinstance(wanted, str):
        return (wanted,)
    return (value for values in wanted.values() for value in values) if isinstance(wanted, Mapping) else ()
