"""What every part of a decision file shares: strictness, one-line text, names, and the four kinds of nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationInfo,
    model_validator,
)

from hipss_register.model.refusal import Refusal

MOST_ID = 80
_MOST_SUGGESTED = 200
ID_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Nothing(StrEnum):
    """Four different facts that a reader must be able to tell apart."""

    NIL = "nil"
    """The record says that there is none."""
    NOT_STATED = "not stated"
    """We hold the record and it does not say."""
    NOT_KNOWN = "not known"
    """We hold no record that would say."""
    WITHHELD = "withheld"
    """The council has it and does not publish it (Local Government Act 1972, Schedule 12A)."""


FIELDS_SET: dict[frozenset[str], set[str]] = {}


M = TypeVar("M", bound="Model")


class Model(BaseModel):
    """A part of a decision file: sealed once read, with no field that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    shorthand: ClassVar[str] = ""
    """The field that a plain value stands for, where one may be written instead of the whole mapping."""

    def model_post_init(self, _: Any) -> None:
        """Share which fields are set with all parts that set the same: a set each takes a quarter of the memory."""
        fields = self.model_fields_set
        object.__setattr__(self, "__pydantic_fields_set__", FIELDS_SET.setdefault(frozenset(fields), fields))

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, given: Any) -> Any:
        if cls.shorthand and not isinstance(given, dict):
            return None if given is None else {cls.shorthand: given}
        return given


class Recurring(Model):
    """A part that records have again and again, so that those written alike are worth reading, and holding, once."""

    @model_validator(mode="wrap")
    @classmethod
    def _read_once(cls, given: Any, read: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """The part of a record read before that is written alike, if whoever reads keeps `Parts`."""
        return info.context.held(cls, given, read) if isinstance(info.context, Parts) else read(given)


class Parts(dict[Any, Any]):
    """The parts of records that recur, by what they are and how they are written: the context for reading many records.

    1.5 and 1.50 are equal, yet not written alike; nor is what leaves a field out like what says that it is empty.
    """

    def held(self, kind: type[M], given: Any, read: Callable[[Any], M]) -> M:
        """The part that is written like this one, read when it is the first."""
        key = kind, _in_short(given if type(given) is str else f"\0{given!r}")
        part: M | None = self.get(key)
        if part is None:
            part = self[key] = read(given)
        return part


def _in_short(text: str) -> str | bytes:
    if len(text) < _MOST_IN_SHORT:
        return text
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


_MOST_IN_SHORT = 80
"""The longest text that is held beside what was read from it."""


def _one_line(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise Refusal("EMPTY-VALUE", "there is nothing here")
    if "\n" in stripped:
        raise Refusal("WRONG-SHAPE", "this must be one line of text")
    return stripped


def _some_text(text: str) -> str:
    if not text.strip():
        raise Refusal("EMPTY-VALUE", "there is nothing here")
    return text.rstrip("\n")


def _an_id(text: str) -> str:
    if not ID_FORM.fullmatch(text) or len(text) > MOST_ID:
        raise Refusal(
            "BAD-ID",
            f"“{text[:90]}” is not an id: small letters and digits joined by hyphens, at most {MOST_ID} characters",
            _suggest_list(text) or suggest_id(text),
        )
    return text


def _suggest_list(text: str) -> str:
    """A hint for several ids that are written as one."""
    ids = re.split(r", | and ", text[:_MOST_SUGGESTED])
    return f"did you mean [{', '.join(ids)}]?" if len(ids) > 1 and all(map(ID_FORM.fullmatch, ids)) else ""


def suggest_id(text: str) -> str:
    """A hint with the nearest well-formed id, or nothing."""
    guess = nearest_id(text)
    return f"did you mean {guess}?" if guess and guess != text else ""


def nearest_id(text: str) -> str:
    """The well-formed id that is nearest to a text; empty if there is none."""
    plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:MOST_ID].strip("-")


def _an_address(text: str) -> str:
    fault = address_fault(text)
    if fault:
        raise Refusal("BAD-ADDRESS", f"“{text[:120]}” is not an address that we can link to: {fault}")
    return text


def address_fault(text: str) -> str:
    """Why a web address is not safe to link to; empty when it is."""
    if not text.isascii() or re.search(r"[\s\\<>\"'`{}|^\x00-\x20\x7f]", text):
        return "it has a character that addresses do not have"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return "it cannot be read"
    if parts.scheme not in ("http", "https"):
        return "it must begin with https:// or http://"
    if not parts.hostname or "." not in parts.hostname:
        return "it names no website"
    if "@" in parts.netloc:
        return "it carries a user name"
    return ""


def _as_list(given: Any) -> Any:
    return given if isinstance(given, list | tuple) or given is None else [given]


OneOrMore = BeforeValidator(_as_list)
"""For a list of which the only member may be written alone."""

Line = Annotated[str, AfterValidator(_one_line)]
Text = Annotated[str, AfterValidator(_some_text)]
Id = Annotated[str, AfterValidator(_an_id)]
Address = Annotated[str, AfterValidator(_an_address)]


_NOT_VALUES = frozenset({"nothing", "paragraphs", "because", "worked_out"})


class Said(Model):
    """A part that may be one of the four kinds of nothing instead of a value."""

    _own_words: ClassVar[bool] = False
    """Whether a plain text is the record's own words, so that "None" is what it says rather than nil."""

    nothing: Nothing | None = None
    """Which kind of nothing: nil, not stated, not known or withheld."""
    paragraphs: Annotated[tuple[Annotated[int, Field(ge=1, le=10)], ...], OneOrMore] = ()
    """For what is withheld: the paragraphs relied on of Schedule 12A to the Local Government Act 1972."""
    because: Text | None = None
    """For what is withheld: the council's reason, such as the public-interest test, in its own words."""
    worked_out: Line | None = None
    """If the register worked this out rather than read it: how, and from what."""

    @model_validator(mode="before")
    @classmethod
    def _nothing_as_a_word(cls, given: Any) -> Any:
        kind = nothing_in(given) if isinstance(given, str) else None
        return {"nothing": kind.value} if kind and not (cls._own_words and kind is Nothing.NIL) else given

    @model_validator(mode="after")
    def _only_one(self) -> Said:
        given = {n for n in self.model_fields_set if n not in _NOT_VALUES and getattr(self, n) not in (None, ())}
        free = {"words"} if self.nothing in (Nothing.NIL, Nothing.WITHHELD) else set()
        if self.nothing and (values := sorted(given - free)):
            raise Refusal(
                "VALUE-AND-NOTHING",
                f"this is said to be {self.nothing}, yet it has a value ({values[0]})",
            )
        if (self.paragraphs or self.because) and self.nothing is not Nothing.WITHHELD:
            raise Refusal(
                "VALUE-AND-NOTHING",
                "paragraphs and because belong to what is withheld",
                "add nothing: withheld",
            )
        if not self.nothing and not given:
            raise Refusal("EMPTY-VALUE", "there is nothing here")
        return self


_NOTHINGS = {kind.value: kind for kind in Nothing} | {"none": Nothing.NIL}
_LONGEST_NOTHING = 40
"""Room for "not stated" with more white space than anybody means; whatever is longer is a record's own words."""


def nothing_in(text: str) -> Nothing | None:
    """Which kind of nothing a plain word or two stand for, if they do."""
    if len(text) > _LONGEST_NOTHING:
        return None
    return _NOTHINGS.get(" ".join(text.split()).casefold())


NIL_WORDS = frozenset({"none", "nil", "none declared", "none.", "nil.", "none declared."})
"""What a record may write in a box to say that there is none; anything else needs ``nothing: nil``."""
_LONGEST_NIL = max(map(len, NIL_WORDS))


class Statement(Recurring, Said):
    """What the record says in one box of the form: its own words, or one of the four kinds of nothing."""

    shorthand: ClassVar[str] = "words"
    _own_words: ClassVar[bool] = True

    words: Text | None = None
    """The record's own words, never altered."""

    @property
    def nil(self) -> bool:
        """Whether the record says that there is none."""
        words = self.words.strip() if self.words else ""
        return self.nothing is Nothing.NIL or (len(words) <= _LONGEST_NIL and words.casefold() in NIL_WORDS)


class Answer(StrEnum):
    """Yes, no, or why neither can be said."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not stated"
    NOT_KNOWN = "not known"
