"""Decision files as an earlier run read them: what is written alike, and was sound, is not read again."""

from __future__ import annotations

import hashlib

from hipss_register.keeping.made_by import made_by
from hipss_register.model import DecisionForm
from hipss_register.model.base import Parts
from hipss_register.model.plain import Reviver, plain
from hipss_register.quick.store import Store


class KeptForms:
    """The forms of files with nothing wrong in them, by the files' paths and bytes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.parts = Parts()
        self._reviver = Reviver(self.parts)

    def get(self, path: str, mark: str) -> DecisionForm | None:
        """What a file was read as, given the SHA-256 of its bytes; None if that is not known."""
        given = self._store.get(_key(path, mark))
        try:
            return self._reviver.revive(DecisionForm, given) if given else None
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None

    def put(self, path: str, mark: str, form: DecisionForm) -> None:
        """Keep what a file was read as."""
        self._store.put(_key(path, mark), plain(form))

    def save(self) -> None:
        """Have all that was put in for the next run, and let go of it."""
        self._store.save()
        self.parts.clear()


def _key(path: str, mark: str) -> str:
    return hashlib.sha256(f"{made_by()}\n{path}\n{mark}".encode("utf-8", "surrogateescape")).hexdigest()
