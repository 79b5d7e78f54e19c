"""The exceptions. Bad *input* is a value (``records.Rejected``); bad *use* raises one of these.

FirsthandError
├── UsageError            what was asked for cannot be done; the message says what, and what to type next
│   ├── NothingToRead     no PATH names anything that exists
│   └── NotFound          an id that this collection does not hold
├── WorkerLost            a worker process ended before its work was done
├── StoreError            the collection's file cannot be used (not ours, of a newer version, locked, damaged)
└── ModelMissing          a language model that the installation should have brought is not there
"""

from __future__ import annotations


class FirsthandError(Exception):
    """Any error that firsthand raises on purpose. ``next_step`` says what to type next, where there is such a thing."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.next_step = next_step


class UsageError(FirsthandError):
    """What was asked for cannot be done."""


class NothingToRead(UsageError):
    """No PATH names anything that exists."""


class NotFound(UsageError):
    """An id that this collection does not hold."""


class WorkerLost(FirsthandError):
    """A worker process ended before its work was done."""


class StoreError(FirsthandError):
    """The collection's file cannot be used."""


class ModelMissing(FirsthandError):
    """A language model that the installation should have brought is not there."""
