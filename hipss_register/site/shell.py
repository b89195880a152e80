"""The theme around a page, rendered once for pages that are alike and then filled with what each has of its own.

A theme prints the same around thousands of generated pages but for a few values: title, description, body, addresses.
For each group of pages that agree in all else, one is rendered with marks in place of those values, and the marks are
then replaced. A group is trusted only if the theme never looks into a value but prints it, and if filling gives just
what rendering gives: for made-up awkward values, and for the first pages of the group. If not, every page of the
group is rendered.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from jinja2 import TemplateError
from markupsafe import Markup, escape

Context = Mapping[str, Any]
Values = tuple[str | None, ...]

_OF_PAGE: Final = ("content", "title", "canonical_url", "edit_url", "update_date")
_OF_META: Final = ("title", "description")
_WORDS: Final = (1, 5, 6)
"""Which of the values are words: a theme may take tags and doubled spaces out of them."""

_MARK: Final = re.compile("\ue000aZ([0-9])(&(?:amp;)*)\ue001")
_PRIVATE: Final = re.compile("[\ue000\ue001]")
_ALWAYS_CHECKED: Final = 2
_MOST_GROUPS: Final = 200
_GIVEN_BY_MKDOCS: Final = frozenset(
    {"nav", "pages", "base_url", "extra_css", "extra_javascript", "mkdocs_version", "build_date_utc", "config", "page"}
)
_AWKWARD: Final = "edit &amp; Ünlike &#39;" + "long " * 80 + "end"


class _Looked(Exception):
    """The theme looked into a value instead of printing it."""


def _refuse(*_: object) -> Any:
    raise _Looked


_STUMBLES: Final = (_Looked, TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a template may run into when it does more with a mark than print it."""


class _Seen(str):
    """A text that may be printed and escaped, but not measured, compared, searched or cut."""

    __slots__ = ()
    __hash__ = str.__hash__
    __len__ = __contains__ = __eq__ = __ne__ = __getitem__ = __iter__ = _refuse
    startswith = endswith = find = replace = upper = lower = strip = partition = _refuse
    split: Any = _refuse

    def __bool__(self) -> bool:
        return True


class _SeenMarkup(Markup):
    """The same for a text that is HTML already."""

    __slots__ = ()
    __hash__ = str.__hash__
    __len__ = __contains__ = __eq__ = __ne__ = __getitem__ = __iter__ = _refuse
    startswith = endswith = find = replace = upper = lower = strip = partition = _refuse
    split: Any = _refuse

    def __bool__(self) -> bool:
        return True


class _Place(str):
    """An address that links may be worked out from, but that must not be compared with that of some page."""

    __slots__ = ()
    __hash__ = str.__hash__
    __contains__ = _refuse

    def __eq__(self, other: object) -> bool:
        # MkDocs compares with the first three, and looks up in dictionaries, where equals meet equals only.
        if other in ("", ".", "./", "index.html") or str(self) == other:
            return str(self) == other
        raise _Looked

    def __ne__(self, other: object) -> bool:
        return not self == other

    def startswith(self, *args: Any) -> bool:
        if args != ("/",):
            raise _Looked
        return str(self).startswith("/")


@dataclass(frozen=True)
class Frame:
    """A page with its values taken out: texts and, between them, the number of a value, escaped or not."""

    texts: list[str]
    slots: list[tuple[int, bool]]

    @cached_property
    def sum(self) -> bytes:
        """What a page is beside its values, in short."""
        return hashlib.blake2b(repr((self.texts, self.slots)).encode(), digest_size=16).digest()

    def filled(self, values: Values) -> str:
        """The page that has these values."""
        parts = [self.texts[0]]
        for (slot, escaped), text in zip(self.slots, self.texts[1:], strict=True):
            value = str(values[slot])
            parts += (str(escape(value)) if escaped else value, text)
        return "".join(parts)


@dataclass(slots=True)
class _Shell:
    """What stands around the pages of a group: as the theme prints it, and finished."""

    printed: Frame
    finished: Frame
    checked: int = 0


class Shells:
    """Renders pages with templates of the theme, filling a shell where that is proved to give the same.

    ``finish`` is done to every page after other plugins have had it; ``tell`` is called once, with a sentence, when
    the theme does not allow filling.
    """

    def __init__(self, finish: Callable[[str], str], tell: Callable[[str], None]) -> None:
        self._finish = finish
        self._tell = tell
        self._told = False
        self._shells: dict[Hashable, _Shell | None] = {}
        self._last: tuple[str, str] = ("", "")
        self.trusted: Frame | None = None
        """What stands around the page rendered last, finished, if pages like it need only be filled in."""

    def wrap(self, environment: Any) -> None:
        """Make an environment's own look-up of page templates give templates that fill; includes stay as they are."""
        look_up = environment.get_template

        def get_template(name: Any, parent: str | None = None, globals: Any = None) -> Any:
            template = look_up(name, parent, globals)
            return template if parent is not None else PageTemplate(template, self)

        environment.get_template = get_template

    def render(self, template: Any, context: Context) -> str:
        """The page as the theme prints it. Pages whose ``shell_group`` is None, as others', are just rendered."""
        self.trusted = None
        page = context["page"]
        group = getattr(page, "shell_group", None)
        values = _values_of(page) if group is not None else ()
        if group is None or not plain(values):
            return str(template.render(context))
        key = _key(template, context, page, values, group)
        if key not in self._shells:
            self._shells[key] = self._make_shell(template, context) if len(self._shells) < _MOST_GROUPS else None
        shell = self._shells[key]
        if shell is None:
            return str(template.render(context))
        printed, finished = shell.printed.filled(values), shell.finished.filled(values)
        if shell.checked < _ALWAYS_CHECKED:
            shell.checked += 1
            rendered = str(template.render(context))
            if (printed, finished) != (rendered, self._finish(rendered)):
                self._shells[key] = None
                self._say("a template prints more of a page than its title, description, body and addresses")
                return rendered
        self._last = printed, finished
        self.trusted = shell.finished if shell.checked >= _ALWAYS_CHECKED else None
        return printed

    def finish(self, output: str) -> str:
        """The finished page; there is nothing left to do for one that was filled and that no plugin has changed."""
        printed, finished = self._last
        return finished if output is printed else self._finish(output)

    def _make_shell(self, template: Any, context: Context) -> _Shell | None:
        page = context["page"]
        marks = _marks(page)
        awkward = _with(page, _awkward(page), secret=False)
        try:
            printed = template.render(dict(context) | {"page": _with(page, marks)})
            rendered = template.render(dict(context) | {"page": awkward})
        except _STUMBLES:
            self._say("a template looks into the text of a page instead of printing it")
            return None
        markup = {slot for slot, mark in enumerate(marks) if isinstance(mark, Markup)}
        frames = _cut(printed, markup), _cut(self._finish(printed), markup)
        values = _values_of(awkward)
        if not all(frames) or [f and f.filled(values) for f in frames] != [rendered, self._finish(rendered)]:
            self._say("a template changes a page's title, description, body or addresses as it prints them")
            return None
        return _Shell(*frames)  # type: ignore[arg-type]  # neither is None

    def _say(self, why: str) -> None:
        if not self._told:
            self._told = True
            self._tell(f"Pages are rendered one by one, which takes longer: {why}.")


class PageTemplate:
    """A template of the theme that MkDocs renders pages with."""

    def __init__(self, template: Any, shells: Shells) -> None:
        self._template = template
        self._shells = shells

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)

    def render(self, context: Context) -> str:
        """The page of that context; what is no page is rendered as ever."""
        if context.get("page") is None:
            return str(self._template.render(context))
        return self._shells.render(self._template, context)


def _values_of(page: Any) -> Values:
    return (*(getattr(page, name) for name in _OF_PAGE), *(page.meta.get(name) for name in _OF_META))


def plain(values: Values) -> bool:
    """Whether taking tags and doubled spaces out of the words leaves them as they are."""
    words = (str(values[n] or "") for n in _WORDS)  # what is HTML already would be split into such
    return all("<" not in text and " ".join(text.split()) == text for text in words)


def _key(template: Any, context: Context, page: Any, values: Values, group: Hashable) -> Hashable:
    """All that the theme may print of a page but its values."""
    meta = tuple((name, str(value)) for name, value in page.meta.items() if name not in _OF_META)
    other = tuple((name, repr(context[name])) for name in context if name not in _GIVEN_BY_MKDOCS)
    toc = tuple((item.level, item.id, item.title) for item in page.toc)
    there = tuple(map(bool, values))
    return template.name, group, id(page.parent), there, toc, meta, other, len(vars(page))


def _marks(page: Any) -> list[str | None]:
    def mark(slot: int, value: str | None) -> str | None:
        text = f"\ue000aZ{slot}&\ue001"
        if not value:
            return value
        return _SeenMarkup(escape(text)) if isinstance(value, Markup) else _Seen(text)

    return [mark(slot, value) for slot, value in enumerate(_values_of(page))]


def _awkward(page: Any) -> list[str | None]:
    return [value and type(value)(f"{slot} {_AWKWARD}") for slot, value in enumerate(_values_of(page))]


def _with(page: Any, values: Iterable[str | None], *, secret: bool = True) -> Any:
    """A copy of a page with other values; its addresses may only be looked at to work out links, if ``secret``."""
    other = copy.copy(page)
    other.meta = dict(page.meta)
    given = iter(values)
    for name in _OF_PAGE:
        setattr(other, name, next(given))
    for name in _OF_META:
        other.meta[name] = next(given)
    if secret:
        other.file = copy.copy(page.file)
        other.file.url = _Place(page.file.url)
        other.file.src_uri = _Place(page.file.src_uri)
    return other


def _cut(html: str, markup: set[int]) -> Frame | None:
    """The frame in a page of marks; None if a mark was changed on its way in any manner but escaping."""
    texts: list[str] = []
    slots: list[tuple[int, bool]] = []
    position = 0
    for match in _MARK.finditer(html):
        slot, printed = int(match[1]), match[2]
        forms = ("&amp;", "&amp;amp;") if slot in markup else ("&", "&amp;")
        if printed not in forms:
            return None
        texts.append(html[position : match.start()])
        slots.append((slot, printed == forms[1]))
        position = match.end()
    texts.append(html[position:])
    return None if any(_PRIVATE.search(text) for text in texts) else Frame(texts, slots)
