"""Our own escaping is that of the library, whatever is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from hipss_register.model import Nothing
from hipss_register.site.escaping import escaped, safe


@given(st.text() | st.text(alphabet="&<>'\" ab"))
def test_text_is_escaped_as_by_the_library(text: str) -> None:
    assert str(escaped(text)) == str(escape(text))


@given(st.text(alphabet="&<>'\" ab"))
def test_html_stays_as_it_is(text: str) -> None:
    assert escaped(safe(text)) == Markup(text) == text


@pytest.mark.parametrize("value", [None, 12, 1.5, True, Nothing.NIL, Markup("<b>"), ["<"], ("'", Markup("&amp;"))])
def test_any_other_value_is_escaped_as_by_the_library(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))
