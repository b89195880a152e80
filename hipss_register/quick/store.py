"""Where answers are kept from one run to the next: in the user's own cache folder, so that no commit can bring them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

_WAIT_SECONDS = 2.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, mark TEXT NOT NULL, value TEXT NOT NULL)"


class Store:
    """Plain values by key. A value that is not what was put in is as good as none; nothing here ever raises."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._rows = self._load()
        self._used: set[str] = set()
        self._new: dict[str, str] = {}

    def get(self, key: str) -> Any:
        """The value that was put in under a key; None if there is none."""
        mark, value = self._rows.get(key, ("", ""))
        if not mark or mark != _mark(key, value):
            return None
        self._used.add(key)
        return json.loads(value)

    def put(self, key: str, value: Any) -> None:
        """Keep a value of plain types."""
        self._new[key] = json.dumps(value, separators=(",", ":"))

    def save(self) -> None:
        """Write what is new, and let go of all of it: whoever asked may stay for as long as a build.

        When more of the old was left unused than was used, the unused goes.
        """
        unused = [key for key in self._rows if key not in self._used]
        unused = unused if len(unused) > len(self._used) + len(self._new) else []
        new, self._rows, self._new = self._new, {}, {}
        if not (new or unused):
            return
        rows = ((key, _mark(key, value), value) for key, value in new.items())
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(self._connect()) as database, database:
            database.executemany("DELETE FROM kept WHERE key = ?", [(key,) for key in unused])
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file, timeout=_WAIT_SECONDS)
        database.execute(_SCHEMA)
        return database

    def _load(self) -> Mapping[str, tuple[str, str]]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._connect()) as database:
                rows = database.execute("SELECT key, mark, value FROM kept")
                return {key: (str(mark), str(value)) for key, mark, value in rows}
        except sqlite3.OperationalError:  # in use, or the folder cannot be written
            return {}
        except (sqlite3.Error, OSError, ValueError):
            with contextlib.suppress(OSError):
                self._file.unlink()
            return {}


def _mark(key: str, value: str) -> str:
    return hashlib.sha256(f"{key}\n{value}".encode()).hexdigest()


def open_store(root: Path) -> Store:
    """The store for a folder of decisions."""
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    return Store(platformdirs.user_cache_path("hipss-register") / f"check-{name}.sqlite")
