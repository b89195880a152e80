"""Links from page to page are those that MkDocs itself would make."""

from itertools import product

import pytest
from mkdocs.utils import get_relative_url

from hipss_register.mkdocs_site.adapter import relative_url

PLACES = (
    "./",
    "index.html",
    "404.html",
    "decisions/",
    "decisions/a/",
    "decisions/a%20b/",
    "decisions/a.html",
    "contracts/a.b/",
    "contracts/a/bundle/",
    "data/csv/decisions.csv",
)


@pytest.mark.parametrize(("url", "here"), product(PLACES, (*PLACES, "/any/", "/any.html", "decisions/any.html")))
def test_a_link_is_that_of_mkdocs(url: str, here: str) -> None:
    assert relative_url(url, here) == get_relative_url(url, here)
