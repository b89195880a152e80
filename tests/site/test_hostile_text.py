"""Record text can never become markup, script or an unsafe link, and its words are never altered."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from hipss_register.site.text import text_html

from .conftest import Site, build_project, write_project

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "![](https://tracker.example/pixel.png)",
    "<a href='java&#x73;cript:alert(1)'>x</a>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "&lt;b&gt; & &amp; &#60;",
    "**not bold** _nor this_ `nor that`",
    "https://user:pass@evil.example/ and http://exa\\mple.com",
    "</p></main><main id=content>",
    "<!-- comment --> ]]> <![CDATA[",
    "# Heading\n===\n- [ ] task",
]


def hostile_files(name: str, text: str) -> dict[str, str]:
    """A record and a contract with a text in every field that takes one."""
    line = " ".join(text.split())
    record = {
        "title": line,
        "summary": line,
        "kind": line,
        "date": "2024-01-05",
        "decision_maker": line,
        "wards": [line],
        **dict.fromkeys(("authority", "consultation", "decision", "reasons", "considerations", "interests"), text),
        "alternatives": [text, text],
        "reference": {line: line},
        "labels": {"reasons": line},
        "notes": [line],
        "documents": [{"title": line}],
        "contracts": [{"contract": name, "event": "award", "route": line, "cost": {"about": "5", "covers": line}}],
    }
    contract = {name: {"name": line, "short": line, "pays_for": text}}
    return {
        f"decisions/2024-01-05-{name}.yaml": yaml.safe_dump(record, allow_unicode=True),
        "decisions/tables/contracts.yaml": yaml.safe_dump(contract, allow_unicode=True),
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A register in which each hostile text fills a record."""
    files: dict[str, str] = {}
    for n, text in enumerate(HOSTILE):
        for path, content in hostile_files(f"text-{n}", text).items():
            files[path] = files.get(path, "") + content
    options = {"organisation": " ".join(" ".join(HOSTILE).split())}
    return build_project(write_project(tmp_path_factory.mktemp("hostile"), files, options=options))


def test_no_field_lets_markup_through(hostile: Site) -> None:
    for path in hostile.pages():
        assert_harmless(hostile.page(path), path)


@pytest.mark.parametrize("n", range(len(HOSTILE)), ids=HOSTILE)
def test_a_hostile_title_is_shown_as_it_is_written(hostile: Site, n: int) -> None:
    line = " ".join(HOSTILE[n].split())
    page = hostile.page(f"decisions/2024-01-05-text-{n}/index.html")
    assert page.css_first("h1").text().strip() == line
    assert line in " ".join((page.css_first("title").text()).split())


def assert_harmless(page: LexborHTMLParser, path: str) -> None:
    assert len(page.css("main")) == 1, path
    for node in page.css("*"):
        names = set(node.attributes)
        assert not [name for name in names if name.startswith("on") or name == "style"], (path, node.html)
        assert node.tag not in ("iframe", "object", "embed", "img"), (path, node.html)
        address = node.attributes.get("href") or ""
        assert re.match(r"(https?://[^@]*$|mailto:|[^:]*$)", address), (path, address)
    for node in page.css("script"):
        if node.attributes.get("type") == "application/ld+json":
            json.loads(node.text())
        else:
            assert (node.attributes.get("src") or "").endswith(".js"), (path, node.html)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=300))
def test_the_words_of_a_text_are_never_altered(text: str) -> None:
    shown = LexborHTMLParser(f"<body>{text_html(text)}</body>").body
    assert shown is not None
    assert _words(shown.text(separator="")) == _words(text)


def _words(text: str) -> str:
    """The text without white space, and without what a list or a table's edge draws in place of a sign."""
    return re.sub(r"[\s|•–\-:]", "", text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("Aims;\n\n• One\n• Two", "<p>Aims;</p>\n<ul><li>One</li><li>Two</li></ul>"),
        ("Aims;\n- One\n  more\n- Two", "<p>Aims;</p>\n<ul><li>One\nmore</li><li>Two</li></ul>"),
        ("a) One\nb) Two", '<ul class="marked"><li>a) One</li><li>b) Two</li></ul>'),
        ("1. One only", "<p>1. One only</p>"),
        ("A line\nbroken", "<p>A line\nbroken</p>"),
        ("2 * 3 * 4 _x_", "<p>2 * 3 * 4 _x_</p>"),
    ],
)
def test_plain_text_takes_shape(text: str, html: str) -> None:
    assert text_html(text) == html


def test_a_safe_address_is_linked_and_an_unsafe_one_is_not() -> None:
    shown = text_html("See https://council.example/page?a=1&b=2. Not http://a@b.example/ though.")
    assert 'href="https://council.example/page?a=1&amp;b=2"' in shown
    assert shown.count("<a ") == 1
