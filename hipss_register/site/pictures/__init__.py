"""The drawings of a contract's page: how its term grew, and the sums that its records give.

Both are SVG made of text when the site is built: no script, no request, the same bytes for the same records. Each comes
twice, wide and narrow, and the style sheet shows the one whose words are large enough. The facts of a drawing are in
its description too, so nothing is told by the drawing alone.
"""

from hipss_register.site.pictures.money import money_picture
from hipss_register.site.pictures.term import term_picture

__all__ = ["money_picture", "term_picture"]
