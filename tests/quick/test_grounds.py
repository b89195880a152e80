"""While a ground is there, all that stands on it is as it was: so that nobody need look at each."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
import yaml

from hipss_register.build import Edition
from hipss_register.checks import CheckSettings
from hipss_register.data.publication import Publication
from hipss_register.keeping.reads import Read
from hipss_register.proof.provenance import read_provenance
from hipss_register.quick.kept_checking import KeptChecking
from hipss_register.quick.store import Store
from hipss_register.settings import Settings
from hipss_register.site.audit import Audit
from hipss_register.site.grounds import grounds_of
from hipss_register.site.views.related import RELATED
from hipss_register.site.watched import AROUND_CONTRACT, FILES, watch
from tests.checks.registers import commit
from tests.quick.test_checking_while_serving import edition_of
from tests.site.edits import edited, mixed_register

SITE = Settings("Register", "", "", "", "", use_directory_urls=True)


def standing(edition: Edition, settings: CheckSettings, file: Path) -> dict[tuple[Read, str], str]:
    """The fingerprint of all that stands on any ground, by what it is and the ground."""
    checking = KeptChecking(Store(file))
    audit = Audit(edition.book, settings, edition.reading.files, checking.check)
    watching = watch(audit, Publication(edition.book, SITE, audit.findings.found))
    grounds = grounds_of(edition.book, checking.parts, ())
    prints = watching.book.fingerprints(grounds)
    reads = [(table, key) for table, entries in grounds.of_entries.items() for key in entries]
    reads += [(RELATED, record_id) for record_id in edition.book.register.records]
    return {(read, grounds.under(read)): prints[read] for read in reads}


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_on_the_same_ground_is_the_same_after_any_edits(tmp_path: Path, seed: int) -> None:
    rng, texts, root = random.Random(seed), mixed_register(8), tmp_path / "decisions"
    known: dict[tuple[Read, str], str] = {}
    again = Counter[str]()
    for day in range(1, 13):
        edition = edition_of(root, texts)
        if rng.random() < 0.3:
            commit(tmp_path, f"2024-01-{day:02}")
        settings = CheckSettings(provenance=read_provenance(root, "decisions"))
        now = standing(edition, settings, tmp_path / "kept.sqlite")
        assert {key: known[key] for key in now if key in known} == {key: now[key] for key in now if key in known}
        again.update(read[0] for read, _ in now.keys() & known.keys())
        known |= now
        texts = edited(texts, rng)
    assert len(again) == 6, again


def test_contracts_that_no_decision_connects_stand_on_the_tables_too(tmp_path: Path) -> None:
    """Of the checks, which parts are made for, none asks which contract it is that took the place of another."""
    texts, root = mixed_register(8), tmp_path / "decisions"
    contracts = yaml.load(texts["tables/contracts.yaml"], yaml.BaseLoader)
    first, one, other = list(contracts)[:3]
    grounds = set()
    for heir in (one, other):
        table = contracts | {heir: {"name": "An heir", "follows": first}}
        edition = edition_of(root, texts | {"tables/contracts.yaml": yaml.safe_dump(table)})
        now = standing(edition, CheckSettings(), tmp_path / "kept.sqlite")
        grounds |= {(ground, made) for (read, ground), made in now.items() if read == (AROUND_CONTRACT, first)}
    assert len(grounds) == len({ground for ground, _ in grounds}) == 2


def test_a_ground_is_another_when_a_file_of_the_site_is(tmp_path: Path) -> None:
    book = edition_of(tmp_path / "decisions", mixed_register(2)).book
    urls = ([("a.md", "a/")], [("a.md", "a/"), ("b.md", "b/")], [("a.md", "b/")])
    assert len({grounds_of(book, {}, given).under((FILES, "a.md")) for given in urls}) == 3
