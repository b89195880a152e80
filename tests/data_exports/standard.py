"""Where the outside tools are, and the schemas of the Open Contracting Data Standard that they judge by."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".tools"
FETCHED = TOOLS / "ocds-1.1.5.zip"
_BESIDE = ROOT.parent / "shared" / "standards" / "ocds-1.1.5-schema.zip"


def find_standard() -> Path | None:
    """The schemas of OCDS 1.1.5: beside the checkout, or fetched."""
    return next((path for path in (_BESIDE, FETCHED) if path.exists()), None)
