"""A call that is to be made later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, TypeVarTuple

T = TypeVar("T")
Given = TypeVarTuple("Given")


class Later(Generic[T]):
    """A function, and all that it is to be called with.

    Several wait for each decision. `functools.partial` does the same in twice the memory: each holds a dictionary.
    """

    __slots__ = ("_function", "_given")

    def __init__(self, function: Callable[[*Given], T], *given: *Given) -> None:
        self._function: Callable[..., T] = function
        self._given = given

    def __call__(self) -> T:
        """Make the call."""
        return self._function(*self._given)
