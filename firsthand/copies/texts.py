"""The texts of a collection, asked for by number, and not held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, overload, runtime_checkable

from ..records import Article


@runtime_checkable
class HasTexts(Protocol):
    """A sequence of articles that can say what the text of one is without making the article."""

    def text(self, number: int) -> str:
        """The text of the article with this number."""
        ...


class Texts(Sequence[str]):
    """The texts of articles, asked for one by one."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._text = articles.text if isinstance(articles, HasTexts) else None

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return self.some(range(*index.indices(len(self))))
        return self._text(index) if self._text else self._articles[index].text

    def some(self, numbers: Iterable[int]) -> list[str]:
        """The texts of the articles with these numbers."""
        if self._text:
            return list(map(self._text, numbers))
        articles = self._articles
        return [articles[number].text for number in numbers]


def some_of(texts: Sequence[str], numbers: Iterable[int]) -> list[str]:
    """Some of the texts."""
    return texts.some(numbers) if isinstance(texts, Texts) else [texts[number] for number in numbers]
