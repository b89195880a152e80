"""No page is an island: from the first page, every other can be reached by following links."""

from __future__ import annotations

from .conftest import Site


def test_every_page_is_reached_from_the_first(hipss: Site) -> None:
    reached, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path not in reached:
            reached.add(path)
            todo += hipss.links_from(path)
    # The whole list of contracts with findings is linked where the page of checks has not room for it.
    assert set(hipss.pages()) - reached <= {"404.html"}


def test_each_guide_leads_to_the_others_of_its_part(hipss: Site) -> None:
    part = hipss.page("run-the-site/index.html").css_first("nav[aria-label=Guides]")
    assert part
    (here,) = part.css("[aria-current=page]")
    assert here.text() == "Run the site"
    links = hipss.links_from("run-the-site/index.html")
    assert {"add-a-decision/index.html", "importing/index.html", "follow-a-chain/index.html"} <= set(links)
