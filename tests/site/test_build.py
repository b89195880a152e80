"""How the plugin behaves inside MkDocs: good input, bad input, and what else a site may hold."""

from __future__ import annotations

import contextlib
import gc
import logging
from pathlib import Path

import pytest

from .conftest import AWARD, LIGHTING, TABLES, MakeSite, build_project, write_project, write_tree

MAIN_NAV = "nav[aria-label=Main] a"
AWARD_PAGE = "decisions/2020-03-02-lighting-award/index.html"
VARIATION_PAGE = "decisions/2022-05-09-lighting-variation/index.html"


@pytest.mark.parametrize("directory_urls", [True, False])
def test_links_work_with_both_kinds_of_address(make_site: MakeSite, directory_urls: bool) -> None:
    site = make_site(LIGHTING, use_directory_urls=directory_urls)
    assert (site.root / "decisions/2020-03-02-lighting-award.html").is_file() is not directory_urls
    assert site.dead_links() == []


def test_an_empty_register_builds(make_site: MakeSite) -> None:
    site = make_site({})
    assert "The register has no decisions yet." in site.text("index.html")
    assert site.dead_links() == []


def test_a_record_of_ten_lines_is_enough(make_site: MakeSite) -> None:
    lines = ["title: New bins", "date: 2024-01-05", "decision_maker: Cabinet", "decision: To buy bins."]
    site = make_site({"decisions/2024-01-05-bins.yaml": "\n".join(lines)})
    assert "To buy bins." in site.text("decisions/2024-01-05-bins/index.html")


def test_a_contract_that_ends_with_one_of_its_suppliers_goes_on(make_site: MakeSite) -> None:
    end = "date: 2021-05-04\ntitle: T\ndecision_maker: M\ndecision: D\n"
    end += "contracts: [{contract: lighting, event: termination, suppliers: ember, takes_effect: 2021-06-30}]\n"
    site = make_site(
        {
            "decisions/2020-03-02-lighting-award.yaml": AWARD.replace("lumen", "[lumen, ember]"),
            "decisions/2021-05-04-lighting-end.yaml": end,
            **TABLES,
            "decisions/tables/suppliers.yaml": "lumen: Lumen Limited\nember: Ember\n",
        }
    )
    text = site.text("contracts/lighting/index.html")
    assert "Part of the contract ended early" in text
    assert "the end of this contract is 31 March 2023" in text
    assert "Whoever has no other part is no longer listed; the others are taken to go on." in text


def test_site_below_a_path_keeps_its_links(make_site: MakeSite) -> None:
    site = make_site(LIGHTING, site_url="https://wyeford.example/registers/decisions/")
    assert site.dead_links() == []
    assert "/registers/decisions/" in site.read("404.html")
    assert "https://wyeford.example/registers/decisions/" + AWARD_PAGE.removesuffix("index.html") in site.read(
        AWARD_PAGE
    )


def test_every_problem_is_told_at_once_and_the_old_site_stays(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    project = write_project(tmp_path, LIGHTING)
    before = build_project(project).files()
    write_tree(
        project,
        {
            "decisions/2021-01-01-a.yaml": "title: A\ndate: 01/01/2021\nreason: none\n",
            "decisions/2021-02-02-b.yaml": "title: B\ntitle: C\ndate: 2021-02-02\n",
        },
    )
    with pytest.raises(SystemExit), caplog.at_level(logging.WARNING, logger="mkdocs"):
        build_project(project, strict=False)
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert any(line.startswith("decisions/2021-01-01-a.yaml:2: BAD-DATE") and "2021-01-01" in line for line in said)
    assert any(
        "decisions/2021-01-01-a.yaml:3: UNKNOWN-KEY" in line and "did you mean reasons?" in line for line in said
    )
    assert any(line.startswith("decisions/2021-02-02-b.yaml:2: DUPLICATE-KEY") for line in said)
    assert {
        p.relative_to(project / "site").as_posix(): p.read_bytes() for p in (project / "site").rglob("*") if p.is_file()
    } == before


@pytest.mark.parametrize(("strict", "fails"), [(True, True), (False, False)])
def test_warnings_fail_only_strict_builds(make_site: MakeSite, strict: bool, fails: bool) -> None:
    files = LIGHTING | {"decisions/notes.txt": "to do"}
    if fails:
        with pytest.raises(SystemExit):
            make_site(files, strict=strict)
    else:
        assert (make_site(files, strict=strict).root / AWARD_PAGE).is_file()


def test_serving_keeps_the_last_good_pages(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    project = write_project(tmp_path, LIGHTING)
    config = load_config(str(project / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    award = project / "decisions/2020-03-02-lighting-award.yaml"
    good = award.read_text()
    award.write_text(good.replace("date: 2020-03-02", "date: yesterday"))
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        build(config)
    assert "2020-03-02-lighting-award.yaml:3: BAD-DATE" in caplog.text
    assert "1 mistake in the decisions; the site is shown as it was until that is mended" in caplog.text
    assert "Street lighting contract awarded" in (project / "site" / AWARD_PAGE).read_text()
    award.write_text(good.replace("Street lighting contract awarded", "Lights bought"))
    build(config)
    assert "Lights bought" in (project / "site" / AWARD_PAGE).read_text()


def test_serving_starts_even_when_the_first_reading_has_mistakes(tmp_path: Path) -> None:
    project = write_project(tmp_path, LIGHTING | {"decisions/2021-01-01-a.yaml": "title: [1"})
    assert (build_project(project, strict=False, command="serve").root / AWARD_PAGE).is_file()


def test_a_maker_who_is_withheld_is_not_said_to_be_unstated(make_site: MakeSite) -> None:
    award = AWARD.replace("decision_maker: Cabinet", "decision_maker: withheld")
    site = make_site(LIGHTING | {"decisions/2020-03-02-lighting-award.yaml": award})
    assert "Decision maker withheld" in site.text("contracts/lighting/index.html")
    assert "Decision maker: Withheld by the council" in site.text("contracts/lighting/bundle/index.html")


@pytest.mark.parametrize("nothing", ["withheld", "not stated", "not known"])
def test_the_box_of_a_contract_tells_why_its_total_value_is_not_there(make_site: MakeSite, nothing: str) -> None:
    award = AWARD.replace("suppliers: lumen", f"suppliers: lumen, value: {nothing}")
    site = make_site(LIGHTING | {"decisions/2020-03-02-lighting-award.yaml": award})
    assert f"Its total value is {nothing}. See the sums" in site.text("contracts/lighting/index.html")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "The register has no decision about it."),
        (
            {
                "decisions/2026-03-02-planned.yaml": "title: Grass\ndate: 2026-03-02\nstage: pending\n"
                "decision_maker: Cabinet\ncontracts: [{contract: grass, event: award}]\n"
            },
            "The register has no decision about it that has been taken. ",
        ),
    ],
    ids=["none", "one to come"],
)
def test_a_contract_without_decisions_says_so(make_site: MakeSite, files: dict[str, str], says: str) -> None:
    tables = {"decisions/tables/contracts.yaml": "lighting: Street lighting\ngrass: Grass cutting\n"}
    text = make_site(LIGHTING | tables | files, strict=False).text("contracts/grass/index.html")
    assert says in text
    assert "0 decisions" not in text
    assert ("Decisions None" in text) == (not files)


def test_decisions_folder_is_watched(tmp_path: Path) -> None:
    from mkdocs.config import load_config

    project = write_project(tmp_path, LIGHTING)
    config = load_config(str(project / "mkdocs.yml"))
    config = config.plugins.on_config(config)
    assert str(project / "decisions") in config.watch


def test_hand_written_pages_link_to_records_and_are_checked(make_site: MakeSite) -> None:
    site = make_site(LIGHTING | {"docs/about.md": "[the award](decisions/2020-03-02-lighting-award.md#record)"})
    assert "../decisions/2020-03-02-lighting-award/#record" in site.read("about/index.html")


@pytest.mark.parametrize(
    "target", ["decisions/2020-03-02-nothing.md", "decisions/2020-03-02-lighting-award.md#nowhere"]
)
def test_a_wrong_link_to_a_record_fails_a_strict_build(make_site: MakeSite, target: str) -> None:
    with pytest.raises(SystemExit):
        make_site(
            LIGHTING | {"docs/about.md": f"[the award]({target})"},
            validation={"links": {"anchors": "warn"}},
        )


def test_edit_links_lead_to_the_record(make_site: MakeSite) -> None:
    site = make_site(LIGHTING, repo_url="https://git.example/wyeford/register", edit_uri="edit/main/docs/")
    links = [node.attributes["href"] for node in site.page(AWARD_PAGE).css(".edit a")]
    assert links == ["https://git.example/wyeford/register/edit/main/decisions/2020-03-02-lighting-award.yaml"]


def test_old_addresses_lead_to_the_present_one_without_a_script(make_site: MakeSite) -> None:
    files = dict(LIGHTING)
    files["decisions/2020-03-02-lighting-award.yaml"] = f"{AWARD}aliases: lights\n"
    site = make_site(files)
    page = site.page("decisions/lights/index.html")
    assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == "0; url=../2020-03-02-lighting-award/"
    assert page.css_first("a").attributes["href"] == "../2020-03-02-lighting-award/"
    assert site.dead_links() == []


@pytest.mark.parametrize(
    "page",
    [
        "docs/decisions/2020-03-02-lighting-award.md",
        "docs/Decisions/2020-03-02-Lighting-award.md",
        "docs/suppliers/index.md",
    ],
)
def test_a_hand_written_page_in_a_records_place_is_a_problem_and_the_old_site_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, page: str
) -> None:
    project = write_project(tmp_path, LIGHTING)
    before = build_project(project).files()
    write_tree(project, {page: "# Mine"})
    with pytest.raises(SystemExit), caplog.at_level(logging.ERROR, logger="mkdocs"):
        build_project(project)
    assert "PAGE-CLASH" in caplog.text
    assert (project / "site" / AWARD_PAGE).read_bytes() == before[AWARD_PAGE]


def test_a_site_may_have_a_home_page_of_its_own(make_site: MakeSite) -> None:
    site = make_site(LIGHTING | {"docs/index.md": "# Welcome to Wyeford"})
    assert "Welcome to Wyeford" in site.text("index.html")
    assert site.dead_links() == []


def test_decisions_stay_out_of_the_navigation_and_show_where_they_are(make_site: MakeSite) -> None:
    nav = [
        {"Home": "index.md"},
        {"Decisions taken": "decisions/index.md"},
        {"More": ["contracts/index.md", {"Years": "years/index.md"}]},
    ]
    site = make_site(LIGHTING, nav=nav)
    links = {node.text(strip=True): node.attributes.get("aria-current") for node in site.page(AWARD_PAGE).css(MAIN_NAV)}
    assert links == {"Decisions taken": "true", "More": None}
    links = {
        node.text(strip=True): node.attributes.get("aria-current")
        for node in site.page("contracts/lighting/index.html").css(MAIN_NAV)
    }
    assert links["More"] == "true"


def test_the_council_may_replace_a_template(make_site: MakeSite) -> None:
    site = make_site(
        LIGHTING | {"overrides/register/home.html": "<h1>{{ settings.organisation }} decides</h1>"},
        theme={"name": "material", "font": False, "custom_dir": "overrides"},
        options={"organisation": "Wyeford & Lugg"},
    )
    assert "<h1>Wyeford &amp; Lugg decides</h1>" in site.read("index.html")


def test_the_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    first = build_project(write_project(tmp_path / "one", LIGHTING)).files()
    second = build_project(write_project(tmp_path / "two", dict(reversed(LIGHTING.items())))).files()
    assert first == second


def test_long_lists_are_cut_into_pages(make_site: MakeSite) -> None:
    bins = "title: Bins\ndate: 2024-01-05\ndecision_maker: Cabinet\ndecision: Bins.\n"
    files: dict[str, str | bytes] = {f"decisions/2024-01-05-bins-{n}.yaml": bins for n in range(120)}
    site = make_site(files)
    assert site.dead_links() == []
    pages = ["years/2024/index.html", "years/2024/page-2/index.html", "years/2024/page-3/index.html"]
    assert [len(site.page(page).css("ul.res > li")) for page in pages] == [50, 50, 20]


def test_the_folder_of_decisions_may_be_elsewhere(make_site: MakeSite) -> None:
    files = {path.replace("decisions/", "records/", 1): text for path, text in LIGHTING.items()}
    assert (make_site(files, options={"decisions_dir": "records"}).root / AWARD_PAGE).is_file()


@pytest.mark.parametrize("files", [{}, {"decisions/2024-01-05-bins.yaml": "title:"}], ids=["built", "failed"])
def test_pythons_collector_is_left_as_it_was(make_site: MakeSite, files: dict[str, str]) -> None:
    gc.unfreeze()
    with contextlib.suppress(SystemExit):
        make_site(files)
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)


def test_a_missing_folder_is_one_clear_line(make_site: MakeSite, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit), caplog.at_level(logging.ERROR, logger="mkdocs"):
        make_site(TABLES, options={"decisions_dir": "nowhere"})
    assert "nowhere:1: NO-DIRECTORY" in caplog.text
