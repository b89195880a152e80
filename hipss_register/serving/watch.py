"""Noticing changes in the decisions folder while MkDocs serves, without looking at every file twice a second.

MkDocs watches by asking the file system for the state of each file over and over. That takes a third of a processor
for ten thousand files. Here the system itself tells of changes; a stamp, the one file that MkDocs watches, is then
written anew.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

# The system also tells of reading, which every build does.
_CHANGES = ("created", "modified", "moved", "deleted")


class _Stamper(FileSystemEventHandler):
    def __init__(self, stamp: Path) -> None:
        self._stamp = stamp
        self._count = 0

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES and not event.is_directory:
            self._count += 1
            self._stamp.write_text(str(self._count))


class Watch:
    """Watches a folder until it is stopped; ``stamp`` changes whenever a file in the folder does.

    Raises OSError where the system will not watch, as when it has too many folders to watch already.
    """

    def __init__(self, folder: Path) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="register-watch-"))
        self.stamp = self._home / "stamp"
        self.stamp.touch()
        self._observer = Observer()
        self._observer.schedule(_Stamper(self.stamp), str(folder), recursive=True)
        try:
            self._observer.start()
        except OSError:
            shutil.rmtree(self._home)
            raise

    def stop(self) -> None:
        """Stop watching and take the stamp away."""
        self._observer.stop()
        self._observer.join()
        shutil.rmtree(self._home, ignore_errors=True)
