"""No page is an island: from the first page, every other can be reached by following links."""

from __future__ import annotations

from .conftest import LIGHTING, MakeSite, Site


def reached_from_the_first(site: Site) -> set[str]:
    reached: set[str] = set()
    todo = ["index.html"]
    while todo:
        path = todo.pop()
        if path not in reached:
            reached.add(path)
            todo += site.links_from(path)
    return reached


def test_every_page_is_reached_from_the_first(hipss: Site) -> None:
    assert set(hipss.pages()) - reached_from_the_first(hipss) <= {"404.html"}


def test_every_page_is_reached_where_the_site_names_no_menu(make_site: MakeSite) -> None:
    site = make_site(LIGHTING)
    assert set(site.pages()) - reached_from_the_first(site) <= {"404.html"}


def test_each_guide_leads_to_the_others_of_its_part(hipss: Site) -> None:
    part = hipss.page("run-the-site/index.html").css_first("nav[aria-label=Guides]")
    assert part
    (here,) = part.css("[aria-current=page]")
    assert here.text() == "Run the site"
    links = hipss.links_from("run-the-site/index.html")
    assert {"add-a-decision/index.html", "importing/index.html", "follow-a-chain/index.html"} <= set(links)
