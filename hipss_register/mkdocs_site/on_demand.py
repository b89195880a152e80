"""Files of the site that are made when somebody asks for them, under ``mkdocs serve``, and not at each change."""

from __future__ import annotations

import os
import posixpath
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from hipss_register.data.files import Chunks
from hipss_register.keeping.site_folder import SiteFolder

App = Callable[[dict[str, Any], Any], Iterable[bytes]]
"""A web application (WSGI, PEP 3333)."""


class LateFile(File, ABC):
    """A file that is made as it is written.

    There are several for each decision, so each holds as few texts as it can, and nothing that MkDocs would put beside
    them when it is asked: Python keeps an object's attributes in a quarter of the space if all are given it at first.
    """

    generated_by = "hipss-register"
    waits = False
    """Whether it is to be written when somebody asks for it, and not when MkDocs says so."""

    def __init__(self, path: str, config: MkDocsConfig, url: str = "") -> None:
        """``url`` is where it is in the site, if that is not its path; one that ends in a slash is of a page."""
        super().__init__(path, None, config.site_dir, config.use_directory_urls)
        place = unquote(url) if url else path
        self.dest_uri = f"{place.removeprefix('./')}index.html" if place.endswith("/") else place
        self.url = url or _one_text(quote(path), path)
        self.folder: SiteFolder | None = None
        """What it is written into; given before anything is written."""

    @property
    def src_path(self) -> str:
        """The address with the system's separators."""
        return os.path.normpath(self.src_uri)

    @src_path.setter
    def src_path(self, address: str) -> None:
        self.src_uri = address  # MkDocs takes it for a path of the system, and asks which one for each file anew

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to build it."""
        return False

    def put(self, make: Chunks, token: bytes = b"") -> None:
        """Write the bytes that a function makes as the file, unless it is there and was made from the same."""
        assert self.folder is not None, "on_files comes first"
        if not self.folder.keep(self.dest_uri, token):
            self.folder.write(self.dest_uri, make(), token)

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file into the site, unless somebody has to ask for it."""
        if not self.waits:
            self.write()

    @abstractmethod
    def write(self) -> None:
        """Write the file into the site."""


class StreamedFile(LateFile):
    """A file whose bytes are made as they are written and then let go: those of a large register fill the memory."""

    def __init__(self, path: str, chunks: Chunks, config: MkDocsConfig) -> None:
        super().__init__(path, config)
        self.chunks: Chunks | None = chunks

    def write(self) -> None:
        """Write the file into the site; where that fails, it can be tried again."""
        chunks = self.taken()
        try:
            self.put(chunks)
        except BaseException:
            self.chunks = chunks
            raise

    def taken(self) -> Chunks:
        """What makes the bytes, let go of: a build writes a file once."""
        chunks, self.chunks = self.chunks, None
        assert chunks is not None, "it is written already"
        return chunks


def _one_text(text: str, held: str) -> str:
    """Of two equal texts the one that is held already."""
    return held if text == held else text


def late_files(files: Iterable[File]) -> list[LateFile]:
    """Those of some files that are made as they are written."""
    return [file for file in files if isinstance(file, LateFile)]


class Waiting:
    """The files of the last build that are written when somebody asks for them."""

    def __init__(self) -> None:
        self._files: dict[str, LateFile | None] = {}  # none any more of what is written
        self._writing = threading.Lock()
        """Whoever serves does so in several threads."""

    def hold(self, files: Iterable[LateFile]) -> None:
        """Have files wait until somebody asks for them."""
        for file in files:
            file.waits = True
            self._files[file.dest_uri] = file

    def write(self, path: str) -> bool:
        """Write what somebody asks for, by its path in the site; False if no such thing waits, or did.

        Of two who ask at once, one waits for what the other has written.
        """
        with self._writing:
            for name in (path, posixpath.join(path, "index.html")):
                if name in self._files:
                    if file := self._files[name]:
                        file.write()
                    self._files[name] = None
                    return True
        return False

    def clear(self) -> None:
        """Forget them: the next build begins, and a page of the last must not come to stand among its pages."""
        with self._writing:
            self._files.clear()


def is_served_live() -> bool:
    """Whether the command that runs is ``mkdocs serve`` with reloading: only then may a plugin change the server."""
    context = click.get_current_context(silent=True)
    return bool(context and context.params.get("livereload"))


def answering(app: App | None, write: Callable[[str], bool], mount: str) -> App:
    """An application that writes a file which the one given does not find, and asks it again.

    ``mount`` is the path below which the site is served. The one given is asked first as it waits for a build to end.
    """
    assert app is not None, "a server has an application"

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said: list[tuple[Any, ...]] = []
        found = app(environ, lambda *words: said.append(words))
        if said and str(said[0][0]).startswith("404") and write(_path(environ, mount)):
            return app(environ, start_response)
        start_response(*said[0])
        return found

    return answer


def _path(environ: dict[str, Any], mount: str) -> str:
    """The path in the site that is asked for; WSGI has its bytes as Latin-1."""
    path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")
    return posixpath.normpath("/" + path.removeprefix(mount.rstrip("/"))).strip("/")
