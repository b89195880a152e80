"""The shortcuts that make builds fast give the same bytes as the long way, or are not taken."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hipss_register.read.yaml_text import parse_yaml
from hipss_register.site.shell import Shells
from tests.corpus import corpus
from tests.site.conftest import Site, build_project, write_project

FIELDS = st.recursive(
    st.text("ab:#-'\"\n {}[]&*!%é", max_size=8) | st.sampled_from(["~", "null", "<<", "", "no", "010"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc<", max_size=3), inner, max_size=3),
    max_leaves=8,
)


class Slow(Shells):
    """Renders every page with the theme's templates."""

    def render(self, template: Any, context: Any) -> str:
        return str(template.render(context))


@pytest.fixture
def both(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Any:
    """Builds one project with and without the shortcut; gives both sites, and what the fast build said of it."""

    def build(templates: dict[str, str], decisions: int, **settings: Any) -> tuple[Site, Site, list[str]]:
        register: dict[str, str | bytes] = {f"decisions/{name}": text for name, text in corpus(decisions)}
        theme = {"name": "material", "font": False, "custom_dir": "overrides"}
        files = {f"overrides/{name}": text for name, text in templates.items()} | {"overrides/.keep": ""}
        files |= {"plugin.py": HOOK} if "hooks" in settings else {}
        project = write_project(tmp_path / "fast", register | files, theme=theme, **settings)
        caplog.set_level(logging.INFO)
        caplog.clear()
        fast = build_project(project)
        said = [record.message for record in caplog.records if "one by one" in record.message]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("hipss_register.plugin.Shells", Slow)
            slow = build_project(project, site_dir=str(tmp_path / "slow"))
        return fast, slow, said

    return build


HOOK = """
def on_page_context(context, page, config, nav):
    context["seal"] = page.file.src_uri if "award" in page.title else ""

def on_page_content(html, page, config, files):
    return html.replace("</h1>", " (sealed)</h1>")

def on_post_page(output, page, config):
    return output.replace("</body>", f"<!-- {page.url} --></body>")
"""

FAITHFUL: dict[str, dict[str, str]] = {
    "the theme as it is": {},
    "the title twice": {
        "partials/register/footer.html": "{% if page %}{{ page.meta.title }} {{ page.title }}{% endif %}"
    },
}
HOSTILE = {
    "its address": "{{ page.url }}",
    "its file": "{{ page.file.src_uri }}",
    "the title in capitals": "{{ page.meta.title | upper }}",
    "the title cut": "{{ page.title | truncate(20) }}",
    "the length of the text": "{{ page.content | length }}",
    "whether the text has a table": "{% if '<table' in page.content %}has a table{% endif %}",
    "a comparison of addresses": "{% if page.url == 'decisions/x/' %}x{% endif %}",
    "the edit link for reading": "{{ (page.canonical_url or '') | replace('edit', 'raw') }}",
    "words without tags": "{{ page.content | striptags }}",
    "the title's first letter": "{{ page.meta.title[0] }}",
}


@pytest.mark.parametrize("templates", FAITHFUL.values(), ids=FAITHFUL.keys())
def test_a_filled_site_is_the_rendered_site(both: Any, templates: dict[str, str]) -> None:
    fast, slow, said = both(templates, decisions=12 if templates else 60)
    assert fast.files() == slow.files()
    assert said == []


def test_a_site_with_a_menu_is_filled_too(both: Any) -> None:
    menu = [{"Home": "index.md"}, {"Decisions": "decisions/index.md"}, {"By": ["years/index.md", "kinds/index.md"]}]
    fast, slow, said = both({}, decisions=12, nav=menu)
    assert fast.files() == slow.files()
    assert said == []


@pytest.mark.parametrize("printed", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_theme_that_looks_into_pages_is_rendered_and_told_of_once(both: Any, printed: str) -> None:
    footer = f"{{% if page %}}<p>{printed}</p>{{% endif %}}"
    fast, slow, said = both({"partials/register/footer.html": footer}, decisions=12)
    assert fast.files() == slow.files()
    assert len(said) == 1


def test_other_plugins_act_on_pages_as_ever(both: Any) -> None:
    footer = "<p>{{ seal }}</p>"
    fast, slow, _ = both({"partials/register/footer.html": footer}, decisions=12, hooks=["plugin.py"])
    assert fast.files() == slow.files()
    page = next(path for path in fast.pages() if path.startswith("decisions/20"))
    assert "(sealed)" in fast.read(page)
    assert f"<!-- {page.removesuffix('index.html')} -->" in fast.read(page)


WATCHES = """
def on_env(env, config, files):
    made = [file.src_uri for file in files.documentation_pages() if getattr(file.page, "_body", None)]
    assert not made, made
"""


def test_a_body_is_not_made_before_its_page_is_built(tmp_path: Path) -> None:
    """In a large register all bodies together fill the memory."""
    files = {f"decisions/{name}": text for name, text in corpus(6)} | {"watches.py": WATCHES}
    assert build_project(write_project(tmp_path, files, hooks=["watches.py"])).pages()


@given(FIELDS.filter(lambda value: isinstance(value, dict)))
def test_the_quick_reading_of_yaml_is_the_thorough_one(value: Any) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    with pytest.MonkeyPatch.context() as patch:
        quick = parse_yaml(text)
        patch.setattr("hipss_register.read.yaml_text._sound_values", thoroughly)
        slow = parse_yaml(text)
    assert (quick.data, quick.mistakes, quick.places) == (slow.data, slow.mistakes, slow.places)


def thoroughly(_: object) -> Any:
    raise yaml.YAMLError
