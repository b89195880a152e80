"""The data in the built site: what each page tells search engines, and the site map's true dates."""

from __future__ import annotations

import json
import re

import pytest

from .conftest import LIGHTING, MakeSite, Site

PAGES = "https://hipss-register.example.org/"
MAPPED = re.compile(r"<url>\s*<loc>(.*?)</loc>(?:\s*<lastmod>(.*?)</lastmod>)?\s*</url>", re.DOTALL)


def described(site: Site, path: str) -> list[dict[str, object]]:
    """What a page's one block of JSON-LD says."""
    (block,) = site.page(path).css('script[type="application/ld+json"]')
    said = json.loads(block.text())
    assert said["@context"] == "https://schema.org"
    return said["@graph"]


def test_every_decision_and_contract_describes_itself(hipss: Site) -> None:
    pages = [path for path in hipss.pages() if re.fullmatch(r"(decisions|contracts)/(?!\d+/)[^/]+/index.html", path)]
    assert len(pages) == 8
    for path in pages:
        about, crumbs = described(hipss, path)
        assert about["@id"] == about["url"] == f"{PAGES}{path.removesuffix('index.html')}"
        assert about["encoding"]["contentUrl"] == f"{PAGES}data/{path.removesuffix('/index.html')}.json"
        assert crumbs["@type"] == "BreadcrumbList"


def test_the_data_page_describes_the_register_as_a_data_set(hipss: Site) -> None:
    about, _ = described(hipss, "data/index.html")
    assert about["@type"] == "Dataset"
    files = [download["contentUrl"].removeprefix(PAGES) for download in about["distribution"]]
    assert {"data/register.json", "data/decisions.csv", "data/register.db"} <= set(files)
    assert all((hipss.root / path).is_file() for path in files)


def test_a_contract_page_says_when_it_is_to_be_reviewed(make_site: MakeSite) -> None:
    entry = "lighting: {name: Street lighting, review: 2022-03, vat_not_recovered: 1200}\n"
    site = make_site({**LIGHTING, "decisions/tables/contracts.yaml": entry})
    said = site.text("contracts/lighting/index.html")
    assert "To be reviewed March 2022" in said
    assert "VAT not recovered £1,200" in said


def test_no_words_of_a_record_leave_the_block(make_site: MakeSite) -> None:
    hostile = "</script><img src=x onerror=alert(1)><!-- "
    award = LIGHTING["decisions/2020-03-02-lighting-award.yaml"]
    assert isinstance(award, str)
    changed = award.replace("summary: Street lighting contract awarded", f"summary: '{hostile}x'")
    site = make_site({**LIGHTING, "decisions/2020-03-02-lighting-award.yaml": changed})
    about, _ = described(site, "decisions/2020-03-02-lighting-award/index.html")
    assert about["name"] == f"{hostile}x"
    assert not site.page("decisions/2020-03-02-lighting-award/index.html").css("img[onerror]")


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("decisions/2022-11-17-hipss-variation/", "2022-11-17"),
        ("decisions/2017-10-13-hipss-specification/", "2017-10-13"),
        ("decisions/2018-01-hipss-award/", "2022-11-17"),
        ("contracts/hipss/", "2022-11-17"),
        ("years/2017/", "2017-12-31"),
        ("", "2022-11-17"),
        ("checks/", "2022-11-17"),
        ("reading/", ""),
    ],
)
def test_the_site_map_dates_a_page_by_its_records(hipss: Site, page: str, day: str) -> None:
    dates = dict(MAPPED.findall(hipss.read("sitemap.xml")))
    assert dates[f"{PAGES}{page}"] == day


def test_the_site_map_has_every_page_and_robots_may_read_it(hipss: Site) -> None:
    mapped = {address.removeprefix(PAGES) for address, _ in MAPPED.findall(hipss.read("sitemap.xml"))}
    built = {path.removesuffix("index.html") for path in hipss.pages() if path != "404.html"}
    assert built == mapped
    assert hipss.read("robots.txt").splitlines() == ["User-agent: *", "Allow: /", f"Sitemap: {PAGES}sitemap.xml"]
