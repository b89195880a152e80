"""Where plain values are kept from one run to the next."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import platformdirs

_WAIT_SECONDS = 2.0
_AT_ONCE = 200
"""How many values wait to be written together."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, mark TEXT NOT NULL, value TEXT NOT NULL)"


class Store:
    """Plain values by key. A value that is not what was put in is as good as none; nothing here ever raises.

    Values are looked up one by one and written by the hundred: all of a large register would fill the memory.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._database: sqlite3.Connection | None = None
        self._done_without = False
        self._used: set[str] = set()
        self._new: list[tuple[str, str, str]] = []

    def get(self, key: str) -> Any:
        """The value that was put in under a key; None if there is none."""
        with self._safely():
            found = self._opened().execute("SELECT mark, value FROM kept WHERE key = ?", (key,)).fetchone()
            if found and found[0] == _mark(key, str(found[1])):
                self._used.add(key)
                return json.loads(str(found[1]))
        return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value of plain types."""
        # The library's quicker JSON has each text of a record hold itself in UTF-8 too: 3 KB for each decision.
        text = json.dumps(value, separators=(",", ":"))
        self._used.add(key)
        self._new.append((key, _mark(key, text), text))
        if len(self._new) >= _AT_ONCE:
            self._write_new()

    def save(self) -> None:
        """Write what is new, and leave the file. If more of the old was left unused than was used, the unused goes."""
        self._write_new()
        with self._safely(), self._opened() as database:
            unused = [(key,) for (key,) in database.execute("SELECT key FROM kept") if key not in self._used]
            if len(unused) > len(self._used):
                database.executemany("DELETE FROM kept WHERE key = ?", unused)
        self._used.clear()
        self._close()

    def _write_new(self) -> None:
        with self._safely(), self._opened() as database:
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", self._new)
        self._new.clear()

    @contextlib.contextmanager
    def _safely(self) -> Iterator[None]:
        """Do without the file from here on if it is in use or cannot be written; remove it if it is no store."""
        try:
            yield
        except sqlite3.OperationalError:
            self._done_without = True
            self._close()
        except (sqlite3.Error, OSError, ValueError):
            self._close()
            with contextlib.suppress(OSError):
                self._file.unlink()

    def _opened(self) -> sqlite3.Connection:
        if self._done_without:
            raise sqlite3.OperationalError
        if not self._database:
            self._database = self._connect()
        return self._database

    def _connect(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._file, timeout=_WAIT_SECONDS)
        database.execute("PRAGMA page_size = 32768")  # a value fills several of the usual size
        database.execute(_SCHEMA)
        return database

    def _close(self) -> None:
        if self._database:
            self._database.close()
            self._database = None


def _mark(key: str, value: str) -> str:
    return hashlib.sha256(f"{key}\n{value}".encode()).hexdigest()


def open_store(root: Path) -> Store:
    """The store for a folder of decisions: in the user's own cache folder, so that no commit can bring it."""
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    return Store(platformdirs.user_cache_path("hipss-register") / f"check-{name}.sqlite")
