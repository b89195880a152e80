"""The documentation says what the models and tables say, and every example in it is true."""

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from hipss_register import fields, reference
from hipss_register.examples import EXAMPLES, WAYS
from hipss_register.linking import check_links
from hipss_register.model import EVENT_KINDS, LINK_KINDS, MONEY_ROLES, DecisionForm, Effect, MoneyRoles, Nothing
from hipss_register.model.base import Said
from hipss_register.problems import PROBLEM_KINDS, placed
from hipss_register.read import read_decision_text, read_folder
from hipss_register.read.rules import NEEDED_IF_CITED, NEEDED_IF_HELD

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
PARTS = [
    DecisionForm,
    MoneyRoles,
    Said,
    *fields.form_parts(),
    *fields.table_parts(),
]
FIELDS = [(model, name) for model in PARTS for name in fields.own_fields(model)]


@functools.cache
def html(page: str) -> LexborHTMLParser:
    return LexborHTMLParser(markdown.markdown(PAGES[page], extensions=["toc", "tables", "fenced_code"]))


@functools.cache
def ids(page: str) -> list[str]:
    return [node.attributes["id"] or "" for node in html(page).css("[id]")]


@functools.cache
def codes(page: str) -> set[str]:
    return {code.text() for code in html(page).css("td code")}


class TestGeneratedParts:
    def test_are_current(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert reference.main([str(DOCS), "--check"]) == 0, capsys.readouterr().out

    def test_are_each_in_some_page(self) -> None:
        used = re.findall(r"<!-- generated: ([\w-]+) -->", "".join(PAGES.values()))
        assert sorted(used) == sorted(reference.PARTS)

    @pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
    def test_have_every_field_with_an_example_that_it_reads(self, model: fields.ModelType, name: str) -> None:
        written = fields.written(name, model.model_fields[name])
        assert f"{written}: {reference.read_example(model, name)}" in codes("decision-file.md")

    def test_have_no_example_for_a_field_that_is_gone(self) -> None:
        assert set(EXAMPLES) == {f"{model.__name__}.{name}" for model, name in FIELDS}
        assert set(WAYS) | set(reference.FURTHER_RULES) <= {model.__name__ for model in PARTS}

    def test_have_every_kind_of_link_event_and_money(self) -> None:
        assert {name.text() for name in html("linking.md").css("td strong")} >= {*LINK_KINDS, *EVENT_KINDS}
        cells = {cell.text() for cell in html("linking.md").css("td")}
        assert cells >= {kind.inverse for kind in LINK_KINDS.values()}
        assert {f"sum-{name}" for name in MONEY_ROLES} <= set(ids("decision-file.md"))
        assert set(reference.EFFECTS) == set(Effect)

    def test_have_every_kind_of_nothing_with_its_meaning(self) -> None:
        said = fields.docs_below(Nothing)
        assert set(said) == {kind.name for kind in Nothing}
        for page in ("reading.md", "decision-file.md"):
            assert {cell.text() for cell in html(page).css("td")} >= set(said.values())

    def test_have_every_problem_at_its_own_address(self) -> None:
        assert {code.lower() for code in PROBLEM_KINDS} <= set(ids("problems.md"))

    def test_say_which_fields_are_needed(self) -> None:
        for rest, names in (("", NEEDED_IF_HELD), ("known_from: 2024-01-02-b\n", NEEDED_IF_CITED)):
            _, problems = read_decision_text(f"date: 2024-01-01\n{rest}", "decisions/2024-01-01-a.yaml", "2024-01-01-a")
            assert [p.message for p in problems] == [f"the field “{name}” is missing" for name in names]


class TestRewriting:
    STALE = "# A\n\n<!-- generated: rules -->\nStale.\n<!-- end -->\n\nKept.\n"

    def test_replaces_only_what_is_between_the_marks(self) -> None:
        new = reference.renewed(self.STALE)
        assert new.startswith("# A\n\n<!-- generated: rules -->\n\n- ")
        assert new.endswith("\n\n<!-- end -->\n\nKept.\n")
        assert "Stale." not in new
        assert reference.renewed(new) == new

    def test_check_changes_nothing_and_fails(self, tmp_path: Path) -> None:
        page = tmp_path / "a.md"
        page.write_text(self.STALE, encoding="utf-8")
        assert reference.main([str(tmp_path), "--check"]) == 1
        assert page.read_text(encoding="utf-8") == self.STALE
        assert reference.main([str(tmp_path)]) == 0
        assert reference.main([str(tmp_path), "--check"]) == 0

    @pytest.mark.parametrize("text", ["<!-- generated: rules -->\n", "<!-- generated: weather -->\n<!-- end -->\n"])
    def test_a_mark_that_cannot_be_followed_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"generated part"):
            reference.renewed(text)


# Examples: a ```yaml block that begins with "# name.yaml" is a whole file; any other is a fragment, tried in the place
# of the same fields in the page's first whole file. Where a ```text block follows, it is the message that the fragment
# gives in the file that the message names.

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (\S+\.yaml)\n")


@dataclass(frozen=True)
class Fragment:
    page: str
    base: str
    text: str
    message: str


def whole_files() -> dict[str, str]:
    files: dict[str, str] = {}
    for page in PAGES.values():
        for language, text in FENCE.findall(page):
            if language == "yaml" and (named := NAMED.match(text)):
                assert named[1] not in files, f"two examples are called {named[1]}"
                files[named[1]] = text
    return files


def fragments() -> Iterator[Fragment]:
    for page, text in PAGES.items():
        blocks = [*FENCE.findall(text), ("", "")]
        names = [named[1] for language, block in blocks if language == "yaml" and (named := NAMED.match(block))]
        for (language, block), (after, message) in itertools.pairwise(blocks):
            if language == "yaml" and not NAMED.match(block):
                said = message.strip() if after == "text" else ""
                base = said.split(":")[0].removeprefix("decisions/") if said else names[0]
                yield Fragment(page, base, block, said)


FILES = whole_files()


def problems_of(folder: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    reading = read_folder(folder)
    faults = check_links((*reading.records, *reading.partial), reading.ids, reading.tables)
    return [str(problem) for problem in (*reading.problems, *placed(faults, reading.locate))]


def patched(base: str, fragment: str) -> str:
    """The file with the fragment's fields in place of its own, or after them."""
    blocks = {block.split(":")[0]: block for block in re.split(r"^(?=\w)", base, flags=re.MULTILINE)}
    blocks |= {block.split(":")[0]: block for block in re.split(r"^(?=\w)", fragment, flags=re.MULTILINE) if block}
    return "".join(blocks.values())


class TestExamples:
    def test_there_are_some(self) -> None:
        assert {"decision-file.md", "add-a-decision.md", "linking.md"} <= {f.page for f in fragments()}
        assert len(FILES) >= 10

    def test_whole_files_are_read_and_linked_without_a_problem(self, tmp_path: Path) -> None:
        assert problems_of(tmp_path, FILES) == []

    @pytest.mark.parametrize("fragment", fragments(), ids=lambda f: f"{f.page}: {f.text.splitlines()[0]}")
    def test_fragments_are_read_or_give_the_message_printed_below_them(
        self, fragment: Fragment, tmp_path: Path
    ) -> None:
        files = FILES | {fragment.base: patched(FILES[fragment.base], fragment.text)}
        assert problems_of(tmp_path, files) == ([fragment.message] if fragment.message else [])

    @pytest.mark.parametrize("name", FILES)
    def test_are_about_no_real_council(self, name: str) -> None:
        assert not re.search(r"hereford|hipss|tiss|action for children", FILES[name], re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES)
class TestPages:
    def test_have_one_title_and_no_anchor_twice(self, page: str) -> None:
        found = ids(page)
        assert len(html(page).css("h1")) == 1
        assert sorted(set(found)) == sorted(found)
        assert not [name for name in found if re.search(r"_\d+$", name)]

    def test_link_to_pages_records_and_anchors_that_exist(self, page: str) -> None:
        for link in html(page).css("a[href]"):
            address = link.attributes["href"] or ""
            target, _, part = address.partition("#")
            if re.match(r"https?:|mailto:", address):
                continue
            if target.startswith("decisions/2"):
                assert (ROOT / target).with_suffix(".yaml").is_file(), address
            elif target.endswith("/index.md") or target.startswith("contracts/"):
                continue
            else:
                assert target in ("", *PAGES), address
                assert not part or part in ids(target or page), address
