"""Our templates compiled, and kept as Python keeps compiled modules: a file in ``__pycache__`` beside each.

Such a file is trusted as far as Python trusts its own, and no further: whoever can write it can write the program. So
it is kept for templates that come with the program, never for those of a site, and where Python is told to keep nothing
(``PYTHONDONTWRITEBYTECODE``) or the folder cannot be written, nothing is kept.

A file counts only for the very source, place, Python, Jinja, writer of code and settings that it was compiled with.
Results of filters are not among these, and Jinja works out that of a constant as it compiles: templates give filters no
constants.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import marshal
import os
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_DIGEST = hashlib.sha256().digest_size
_made: dict[str, tuple[bytes, CodeType]] = {}
"""What this process has compiled or read, by the path of the template, with what it was made from."""


class CompiledTemplates(BytecodeCache):
    """The compiled templates of this process, and the files that others left for those of one folder of ours."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Where the template comes from."""
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same before; nothing if there is none."""
        origin = _origin(bucket)
        known, code = _made.get(bucket.key, (b"", None))
        if known == origin:
            bucket.code = code
        elif self._is_ours(bucket):
            bucket.code = _read(_place(bucket), origin)
        if bucket.code:
            _made[bucket.key] = origin, bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; never raises, since nothing depends on it."""
        if bucket.code is None:
            return
        origin = _origin(bucket)
        _made[bucket.key] = origin, bucket.code
        if self._is_ours(bucket) and not sys.dont_write_bytecode:
            with suppress(OSError):
                _write(_place(bucket), origin, bucket.code)

    def _is_ours(self, bucket: Bucket) -> bool:
        return Path(bucket.key).is_relative_to(self._folder)


def _place(bucket: Bucket) -> Path:
    """Where it is kept. MkDocs publishes whatever lies in a theme's folder, but no ``.pyc``."""
    return Path(importlib.util.cache_from_source(bucket.key, optimization="jinja"))


def _origin(bucket: Bucket) -> bytes:
    """The digest of all that a template was compiled from and with."""
    made_by = bucket.environment
    settings = (made_by.autoescape, made_by.trim_blocks, made_by.lstrip_blocks, sorted(made_by.extensions))
    writer = _bytes_of(inspect.getfile(made_by.code_generator_class))
    versions = (importlib.util.MAGIC_NUMBER, jinja2.__version__, writer)
    parts = (*versions, settings, bucket.key, bucket.checksum)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogateescape")).digest()


@cache
def _bytes_of(module: str) -> bytes:
    return Path(module).read_bytes()


def _read(place: Path, origin: bytes) -> CodeType | None:
    """The code in a file, if it is whole and was made from this."""
    try:
        kept = place.read_bytes()
    except OSError:
        return None
    digest, code = kept[:_DIGEST], kept[_DIGEST:]
    if digest != hashlib.sha256(origin + code).digest():
        return None
    loaded = marshal.loads(code)
    return loaded if isinstance(loaded, CodeType) else None


def _write(place: Path, origin: bytes, code: CodeType) -> None:
    """Write a file under another name first, so that nobody reads half of it; raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    raw = marshal.dumps(code)
    partial = place.with_suffix(f".{os.getpid()}-{threading.get_ident()}.pyc")
    try:
        with partial.open("xb") as file:
            file.write(hashlib.sha256(origin + raw).digest() + raw)
        partial.replace(place)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
