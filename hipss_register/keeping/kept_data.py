"""Files of data made from watched tables alone, which stay while all that was read of these is as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from hipss_register.data.files import Chunks
from hipss_register.data.spool import Spool
from hipss_register.keeping.kept import Keep, Thing, anew
from hipss_register.keeping.site_folder import SiteFolder


class KeptData:
    """The bytes of files by their paths in the site: made once, or not at all if they are there already.

    They are not kept beside the site, as they are made in no more time than they would be read back.
    """

    def __init__(self) -> None:
        self._keep: Keep = anew
        self._folder = SiteFolder("")
        self._spool = Spool()

    def begin(self, keep: Keep, folder: SiteFolder) -> None:
        """From here on it is known what is there."""
        self._keep, self._folder = keep, folder

    def thing(self, path: str, make: Chunks) -> Thing:
        """A file, made or known to be as it was."""
        return self._keep(path, lambda: (b"", self._made(path, make)), stored=False)

    def token(self, path: str, make: Chunks) -> bytes:
        """What tells that a large file is as it was. If that is not known, the file is made once more to be written."""
        return self._keep(path, lambda: (b"", _digest(make())), stored=False).sum

    def _made(self, path: str, make: Chunks) -> bytes:
        return self._spool.kept(path) if path in self._spool else b"".join(make())

    def bytes_of(self, path: str, make: Chunks) -> bytes:
        """The bytes of a file that stands in others too, as they are in the site if they would come out the same."""
        thing = self.thing(path, lambda: (self._spool.get(path, lambda: b"".join(make())),))
        return self._folder.read(path, thing.sum) or thing.body()


def _digest(chunks: Iterable[bytes]) -> bytes:
    made = hashlib.sha256()
    for chunk in chunks:
        made.update(chunk)
    return made.digest()
