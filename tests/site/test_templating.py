"""Templates are compiled in a shorter way than Jinja's own, and say the same."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest

from hipss_register.site.templating import Environment

SAID = {
    "an attribute": "{{ one.name }}, {{ one.near.name }}",
    "an attribute of a text": "{{ 'a-b'.upper() }}",
    "something to escape": "{{ one.odd }} {{ one.odd | upper }} {{ [one.odd] | join(', ') }}",
    "a call": "{{ say('Ward', end='!') }} {{ say(say('Ward')) }}",
    "a call in a loop": "{% for n in (1, 2) %}{{ say(n) }}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "a call with a list of arguments": "{{ say(*['Ward'], **{'end': '!'}) }}",
    "a macro": "{% macro m(a, b='&') %}{{ a }}{{ b }}{{ varargs | join }}{% endmacro %}"
    "{{ m(one.odd) }}{{ m(1, 2, 3) }}",
    "a macro that is told what is in it": "{% macro m() %}<b>{{ caller('&') }}</b>{% endmacro %}"
    "{% call(x) m() %}{{ say(x) }}{% endcall %}",
    "a condition": "{{ 'yes' if one.yes else 'no' }}{{ 'yes' if not one.yes }}{{ '<' if one.yes }}.",
    "a condition in a text": "{{ 'a' ~ ('b' if not one.yes) ~ 'c' }}",
    "part of a page": "{% set own = one.name %}{% include 'part.html' %}",
}


def texts_of(environment: jinja2.Environment) -> str:
    one = SimpleNamespace(name="Ledbury", odd='<O\'Brien & "sons">', yes=True)
    one.near = SimpleNamespace(name="Ross")
    return environment.get_template("page.html").render(one=one, say=lambda words, end=".": f"<{words}>{end}")


@pytest.mark.parametrize("source", SAID.values(), ids=SAID)
def test_a_template_says_what_jinja_makes_of_it(tmp_path: Path, source: str) -> None:
    (tmp_path / "page.html").write_text(source, "utf-8")
    (tmp_path / "part.html").write_text("{{ own }}, {{ say(one.near.name) }}", "utf-8")
    theirs = jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path), autoescape=True)
    assert texts_of(Environment([tmp_path])) == texts_of(theirs) != ""


@pytest.mark.parametrize("source", ["{{ one.nmae }}", "{{ oen.name }}", "{{ say() }}", "{{ one.name | sya }}"])
def test_what_is_not_there_is_no_empty_text(tmp_path: Path, source: str) -> None:
    (tmp_path / "page.html").write_text(source, "utf-8")
    with pytest.raises((AttributeError, TypeError, jinja2.TemplateError)):
        texts_of(Environment([tmp_path]))


OWN = {
    "an attribute that Python has for a word of its own": "{{ one.class }}{{ say('x', end=one['class']) }}",
    "an entry of a dictionary": "{{ entries.name }}",
    "an attribute that may not be there": "{{ one.nmae is defined }}{{ one.nmae | default('none') }}",
    "a part of the page again": "{% block title %}A title{% endblock %}{{ self.title() }}",
    "a function of a number": "{{ (5).bit_length() }}",
}


@pytest.mark.parametrize("source", OWN.values(), ids=OWN)
def test_a_template_of_a_site_may_be_written_in_any_way_that_jinja_knows(tmp_path: Path, source: str) -> None:
    (tmp_path / "page.html").write_text(source, "utf-8")
    one = SimpleNamespace(**{"class": "A"})
    shown = {"one": one, "entries": {"name": "B"}, "say": lambda words, end: words + end}
    theirs = jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path), autoescape=True)
    templates = (environment.get_template("page.html") for environment in (Environment([tmp_path]), theirs))
    said = {template.render(shown) for template in templates}
    assert len(said) == 1
    assert said != {""}
