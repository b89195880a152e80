"""SVG as text, every value escaped: elements, lines of words, and the frame with its name and description."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from hipss_register.site.escaping import escaped, safe
from hipss_register.site.pictures.text import Line


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the two drawings of a picture: its measures, and whether words may stand beside bars.

    The sizes are in the drawing's own units. The style sheet gives ``g-t`` the same sizes and shows each drawing only
    where it is wide enough for its words to come out at 13 pixels or more.
    """

    name: str
    width: int
    size: float
    bar: int
    radius: int
    gutter: int
    apart: int
    beside: bool

    @property
    def line(self) -> float:
        """From one line of words to the next."""
        return self.size * 1.25

    @property
    def left(self) -> float:
        """Where the scale begins."""
        return self.gutter

    @property
    def right(self) -> float:
        """Where the scale ends."""
        return self.width - self.gutter


WIDE = Frame("wide", 760, 15, bar=22, radius=13, gutter=26, apart=12, beside=True)
NARROW = Frame("narrow", 340, 15.5, bar=18, radius=13, gutter=23, apart=18, beside=False)
FRAMES = (WIDE, NARROW)
MOST_SHRUNK = 750
"""The height up to which the words of a drawing that is made to fit the first sheet of paper have 6 points."""

Attribute = str | float | None


def num(value: float) -> str:
    """A coordinate, with one decimal at most."""
    return f"{value:z.1f}".removesuffix(".0")


def tag(name: str, *content: str, **attributes: Attribute) -> Markup:
    """An element. Attributes are written ``class_`` and ``text_anchor``; those that are None are left out."""
    given = name
    for key, value in attributes.items():
        if value is not None:
            given += f' {_attribute(key)}="{escaped(value) if isinstance(value, str) else num(value)}"'
    inner = "".join(map(escaped, content))
    return safe(f"<{given}>{inner}</{name}>" if inner else f"<{given}/>")


@functools.cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def path(class_: str, course: str) -> Markup:
    """A path of a class of ours; neither that nor its course has anything to escape."""
    return safe(f'<path class="{class_}" d="{course}"/>')


def joined(elements: Iterable[Markup]) -> Markup:
    """Elements one after another."""
    return safe("".join(elements))


def text_line(line: Line, x: float, y: float, class_: str = "", anchor: str | None = None) -> Markup:
    """A line of words with its base at ``y``; what is not strong is set lighter."""
    place = f'x="{num(x)}" y="{num(y)}"' + (f' text-anchor="{anchor}"' if anchor else "")
    light = f"g-muted {class_}".rstrip()
    if not any(run.strong for run in line):
        return safe(f'<text class="g-t {light}" {place}>{"".join(escaped(run.text) for run in line)}</text>')
    spans = (escaped(run.text) if run.strong else tag("tspan", run.text, class_=light) for run in line)
    return safe(f'<text class="{f"g-t {class_}".rstrip()}" {place}>{"".join(spans)}</text>')


def text_lines(lines: Iterable[Line], x: float, y: float, frame: Frame, class_: str, anchor: str | None) -> Markup:
    """Lines of words below one another, the first with its base at ``y``."""
    return joined(text_line(line, x, y + n * frame.line, class_, anchor) for n, line in enumerate(lines))


@dataclass(frozen=True, slots=True)
class Telling:
    """What a picture is called and what it shows, in words."""

    title: str
    description: str


def drawing(uid: str, frame: Frame, height: float, told: Telling, body: Markup, **data: Attribute) -> Markup:
    """One drawing: an image with a name and a description for whoever cannot see it."""
    uid = f"{uid}-{frame.name}"
    title, desc = f"{uid}-title", f"{uid}-desc"
    return tag(
        "svg",
        tag("title", told.title, id=title),
        tag("desc", told.description, id=desc),
        body,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"fig fig--{frame.name}{' fig--tall' if frame is WIDE and height > MOST_SHRUNK else ''}",
        viewBox=f"0 0 {frame.width} {num(height)}",
        role="img",
        aria_labelledby=f"{title} {desc}",
        **data,
    )
