"""The frame of the pages, as a reader's browser gets it: a small site built by MkDocs itself."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from selectolax.lexbor import LexborHTMLParser

from hipss_register.site.material import mend, missing_marks

THEME = Path(__file__).parent.parent / "hipss_register" / "site" / "theme"

# What the plugin does for the theme, and no more.
HOOKS = """
from types import SimpleNamespace as Thing
from pathlib import Path
from hipss_register.site.material import mend

def on_config(config):
    config.theme.dirs.insert(0, {theme!r})

def on_env(env, config, files):
    if {with_register}:
        env.globals["register"] = Thing(
            organisation="Wyeford & Lugg Council",
            contact="records@example.gov.uk",
            footer=[Thing(title="Privacy <notice>", url="privacy/")],
            licence="Free to use",
        )
    return env

def on_page_content(html, page, config, files):
    if page.meta.get("register"):
        return "<h1>Varied</h1><p>Body.</p>"

def on_page_context(context, page, config, nav):
    page.edit_url = "https://git.example.gov.uk/edit/" + page.file.src_uri

def on_post_page(output, page, config):
    raw = Path(config.site_dir, "raw.txt")
    raw.parent.mkdir(parents=True, exist_ok=True)
    raw.write_text(output, encoding="utf-8")
    return mend(output)

def on_post_template(output, template_name, config):
    return mend(output) if template_name == "404.html" else output
"""

CONFIG = """
site_name: 'Register of <decisions>'
site_url: https://register.example.gov.uk/sub/
theme: {name: material, font: false}
plugins: []
hooks: [hooks.py]
nav:
  - index.md
  - Decisions: decisions/index.md
  - Help & more: [how.md, privacy.md]
"""

PAGES = {
    "index.md": "# Find a decision",
    "decisions/index.md": "---\nregister: true\n---\n",
    "decisions/varied.md": "---\nregister: true\nwithin: decisions/index.md\ntitle: Varied\n---\n",
    "privacy.md": "No heading.",
    "how.md": (
        "---\ndescription: 'held, \"cited\" & <missing>'\n---\n"
        "# How to <em>read</em> it & why\n\n"
        "## One & two\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n"
        "## Three\n\n| Column | Type | Held *in* |\n| - | - | - |\n| `a_b` | date | one |\n| `c` | | two |\n\n## Four\n"
    ),
}


def make(root: Path, *, with_register: bool = True) -> Path:
    """The folder of a small site, built."""
    for name, text in PAGES.items():
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    hooks = HOOKS.format(theme=str(THEME), with_register=with_register)
    (root / "hooks.py").write_text(hooks, encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    return root / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("theme"))


def tree(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / name).read_text(encoding="utf-8"))


def current(page: LexborHTMLParser) -> dict[str, str | None]:
    """The entries of the main navigation marked as current, and how."""
    marked = page.css("nav[aria-label=Main] a[aria-current]")
    return {link.text(): link.attributes["aria-current"] for link in marked}


EVERY = ["index.html", "decisions/index.html", "decisions/varied/index.html", "how/index.html"]
EVERY += ["privacy/index.html", "404.html"]


@pytest.mark.parametrize("name", EVERY)
class TestEveryPage:
    def test_has_one_of_each_landmark_and_one_heading(self, site: Path, name: str) -> None:
        page = tree(site, name)
        for selector in ("body header", "main", "body footer", "nav[aria-label=Main]", "h1"):
            assert len(page.css(selector)) == 1, selector
        names = [nav.attributes.get("aria-label") for nav in page.css("nav:not(.toc)")]
        assert None not in names
        assert len(set(names)) == len(names)

    def test_the_skip_link_comes_first_and_leads_to_the_content(self, site: Path, name: str) -> None:
        page = tree(site, name)
        first = page.css_first("body a")
        assert first.attributes["href"] == "#content"
        target = page.css_first("#content")
        assert (target.tag, target.attributes["tabindex"]) == ("main", "-1")

    def test_nothing_inline_that_a_strict_policy_would_refuse(self, site: Path, name: str) -> None:
        page = tree(site, name)
        assert not page.css("style, script:not([src]), [style]")
        handlers = [key for node in page.css("*") for key in node.attributes if key[:2] == "on"]
        assert handlers == []

    def test_asks_no_other_host_for_anything_and_every_asset_is_there(self, site: Path, name: str) -> None:
        page = tree(site, name)
        loaded = [node.attributes["href"] for node in page.css("link:not([rel=canonical])")]
        loaded += [node.attributes["src"] for node in page.css("[src]")]
        assert len(loaded) == 3  # icon, style sheet, script
        for address in loaded:
            assert address is not None
            assert not urlsplit(address).netloc
            root = site if name == "404.html" else (site / name).parent
            assert (root / address.removeprefix("/sub/")).is_file()

    def test_leaves_no_control_of_materials(self, site: Path, name: str) -> None:
        page = tree(site, name)
        assert not page.css("input, label, .md-dialog, [data-md-component]")
        assert page.css_first("html").attributes["lang"] == "en-GB"

    def test_values_are_escaped(self, site: Path, name: str) -> None:
        page = tree(site, name)
        assert page.css_first("title").text().endswith("Register of <decisions>")
        assert page.css_first(".masthead__name").text() == "Register of <decisions>"
        assert page.css_first(".masthead__org").text() == "Wyeford & Lugg Council"
        assert page.css_first("footer nav a").text() == "Privacy <notice>"


class TestTheCurrentEntry:
    def test_is_the_page_itself(self, site: Path) -> None:
        assert current(tree(site, "decisions/index.html")) == {"Decisions": "page"}

    def test_is_the_entry_a_generated_page_lies_within(self, site: Path) -> None:
        assert current(tree(site, "decisions/varied/index.html")) == {"Decisions": "true"}

    def test_is_the_section_of_a_page(self, site: Path) -> None:
        assert current(tree(site, "privacy/index.html")) == {"Help & more": "true"}

    def test_is_the_name_of_the_register_on_the_home_page(self, site: Path) -> None:
        page = tree(site, "index.html")
        assert current(page) == {}
        assert page.css_first(".masthead__name").attributes["aria-current"] == "page"

    def test_is_none_where_there_is_no_page(self, site: Path) -> None:
        assert current(tree(site, "404.html")) == {}

    def test_a_section_leads_to_its_first_page(self, site: Path) -> None:
        links = tree(site, "index.html").css("nav[aria-label=Main] a")
        assert [link.attributes["href"] for link in links] == ["decisions/", "how/"]


class TestAPageWrittenByHand:
    def test_lists_its_parts_when_there_are_more_than_two(self, site: Path) -> None:
        links = tree(site, "how/index.html").css(".toc a")
        assert [link.text() for link in links] == ["One & two", "Three", "Four"]
        assert not tree(site, "privacy/index.html").css(".toc")

    def test_has_its_title_and_description_as_text(self, site: Path) -> None:
        page = tree(site, "how/index.html")
        assert page.css_first("title").text() == "How to read it & why - Register of <decisions>"
        description = page.css_first("meta[name=description]").attributes["content"]
        assert description == 'held, "cited" & <missing>'

    def test_can_be_scrolled_where_a_table_is_too_wide(self, site: Path) -> None:
        box = tree(site, "how/index.html").css_first("div.scroll:has(> table)")
        assert box.attributes["tabindex"] == "0"
        assert box.attributes["aria-label"]

    def test_says_beside_each_cell_what_it_is_where_rows_begin_with_a_name(self, site: Path) -> None:
        plain, named = tree(site, "how/index.html").css("div.scroll > table")
        assert not plain.css("[data-l]")
        rows = [[cell.attributes.get("data-l") for cell in row.css("td")] for row in named.css("tbody tr")]
        assert rows == [[None, "Type", "Held in"]] * 2
        assert [cell.text() for cell in named.css("td")] == ["a_b", "date", "one", "c", "", "two"]

    def test_says_how_to_suggest_a_change(self, site: Path) -> None:
        link = tree(site, "how/index.html").css_first(".edit a")
        assert link.text() == "Suggest a change to this page"


def test_a_generated_page_is_its_own_body_and_an_edit_link(site: Path) -> None:
    page = tree(site, "decisions/varied/index.html").css_first(".page--record")
    assert [child.tag for child in page.iter()] == ["h1", "p", "p"]
    assert page.css_first(".edit a").text() == "Edit this record"


def test_a_site_without_the_plugins_values_still_builds(tmp_path: Path) -> None:
    page = tree(make(tmp_path, with_register=False), "index.html")
    assert page.css_first(".masthead__org") is None
    assert page.css_first("footer") is None, "it would have nothing to say"


class TestMend:
    def test_material_prints_what_is_expected_of_it(self, site: Path) -> None:
        raw = (site / "raw.txt").read_text(encoding="utf-8")
        assert missing_marks(raw) == []

    def test_twice_is_once(self, site: Path) -> None:
        raw = (site / "raw.txt").read_text(encoding="utf-8")
        assert mend(mend(raw)) == mend(raw)

    def test_a_change_in_material_is_noticed(self, site: Path) -> None:
        raw = (site / "raw.txt").read_text(encoding="utf-8")
        assert missing_marks(raw.replace('class="md-overlay"', 'class="md-veil"')) == ["overlay"]

    def test_leaves_other_pages_alone(self) -> None:
        assert mend("<p>Hello</p>") == "<p>Hello</p>"
