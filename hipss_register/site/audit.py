"""The auditor's pages and parts of pages, from the findings, the version history and the histories of contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from hipss_register.checks import RULES, CheckSettings, Findings, check
from hipss_register.checks.finding import CannotTell
from hipss_register.checks.law import Kept, kept_until
from hipss_register.checks.world import World
from hipss_register.later import Later
from hipss_register.point_in_time import Happened, KnownState, states_over_time
from hipss_register.proof.bundle import BundleParts, make_bundle
from hipss_register.read import Record
from hipss_register.read.files import SourceFile
from hipss_register.site import addresses
from hipss_register.site.book import Book
from hipss_register.site.views.authority import AuthorityView, authority_view, has_authority
from hipss_register.site.views.checks import Count, count
from hipss_register.site.views.findings_parts import FindingsPart, FindingsParts, parts_by_contract, parts_by_decision
from hipss_register.site.views.provenance import ProvenanceView, provenance_view
from hipss_register.site.views.rule import RuleView, rule_views

Check = Callable[[World], Findings]
"""Asks the rules."""


class Audit:
    """What the templates of decisions and contracts ask for: their findings, chain of authority and provenance."""

    def __init__(
        self,
        book: Book,
        settings: CheckSettings | None = None,
        files: Mapping[str, SourceFile] | None = None,
        check: Check = check,
    ) -> None:
        self.book = book
        self._check = check
        self.settings = settings or CheckSettings()
        self.files = files or {}
        self._over_time: dict[str, tuple[KnownState, ...]] = {}

    @property
    def has_bundles(self) -> bool:
        """Whether the record files are at hand, so that each contract has an archive."""
        return bool(self.files)

    def bundles(self, site_url: str = "") -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Each contract's audit bundle: where in the site it belongs, and what makes its bytes when they are wanted."""
        for contract_id in self.book.contracts if self.has_bundles else ():
            yield addresses.bundle_archive(contract_id), Later(self._bundle, contract_id, site_url)

    def _bundle(self, contract_id: str, site_url: str) -> bytes:
        parts = BundleParts(
            contract_id=contract_id,
            contract=self.book.contracts[contract_id],
            history=self.book.histories[contract_id],
            files=self.files,
            sources=self.book.sources,
            findings=self.of_contract(contract_id).findings,
            cannot_tell=self._cannot_tell(contract_id),
            provenance=self.settings.provenance,
            commit=self.commit,
            site_url=site_url,
            folder=self.settings.folder,
        )
        return make_bundle(parts)

    def _cannot_tell(self, contract_id: str) -> tuple[CannotTell, ...]:
        """What cannot be computed of a contract or of one of its decisions, in the order of all answers.

        A rule is asked of decisions, in the order of time, or of contracts.
        """
        records = {step.record.id for step in self.book.histories[contract_id].steps}
        answers = list(self.of_contract(contract_id).answers_about(None, contract_id))
        for record_id in sorted(records, key=self.book.register.ranks.__getitem__):
            answers += self.of_decision(record_id).answers_about(record_id, None)
        places = {code: n for n, code in enumerate(RULES)}
        return tuple(sorted(answers, key=lambda answer: places[answer.code]))

    @cached_property
    def findings(self) -> Findings:
        """Every finding about the register."""
        return self._check(World(self.book.register, self.book.histories, self.book.sources, self.settings))

    @cached_property
    def count(self) -> Count:
        """How many findings there are of each weight."""
        return count(self.findings.found)

    @property
    def passed(self) -> int:
        """How many checks were computed and found nothing."""
        return sum(self.findings.passed.values())

    @cached_property
    def world(self) -> World:
        """What the rules look at."""
        return World(self.book.register, self.book.histories, self.book.sources, self.settings)

    @cached_property
    def _about_decisions(self) -> FindingsParts:
        return parts_by_decision(self.findings)

    @cached_property
    def _about_contracts(self) -> FindingsParts:
        return parts_by_contract(self.book, self.findings)

    @property
    def by_decision(self) -> Mapping[str, FindingsPart]:
        """What the checks say of each decision that they say anything of."""
        return self._about_decisions

    @property
    def by_contract(self) -> Mapping[str, FindingsPart]:
        """What the checks say of each contract and its decisions."""
        return self._about_contracts

    @cached_property
    def rule_pages(self) -> Mapping[str, RuleView]:
        """Each page of each rule by its address."""
        return {view.page.address: view for view in rule_views(self.findings)}

    @property
    def commit(self) -> str:
        """The commit that the register is made from; empty if that is not known."""
        return self.settings.provenance.head if self.settings.provenance else ""

    @property
    def late_commit(self) -> str:
        """The same, as pages print it."""
        return self.commit

    def of_decision(self, record_id: str) -> FindingsPart:
        """What the checks say of a decision."""
        return self.by_decision.get(record_id, FindingsPart())

    def of_contract(self, contract_id: str) -> FindingsPart:
        """What the checks say of a contract and of its decisions."""
        return self.by_contract.get(contract_id, FindingsPart())

    def over_time(self, contract_id: str) -> tuple[KnownState, ...]:
        """A contract from each day on, as decided and as known; nothing if nobody can say when any was published."""
        if contract_id not in self._over_time:  # its own page and its bundle both ask
            self._over_time[contract_id] = self._states_over_time(contract_id)
        return self._over_time[contract_id]

    def _states_over_time(self, contract_id: str) -> tuple[KnownState, ...]:
        states = tuple(states_over_time(self.book.register, self.book.histories[contract_id], self.first_shown))
        return states if any(what is not Happened.DECIDED for state in states for what, _ in state.why) else ()

    @cached_property
    def first_shown(self) -> Mapping[str, dt.date]:
        """When this register first showed each record, as far as the version history tells."""
        provenance = self.settings.provenance
        histories = provenance.histories if provenance else {}
        return {
            record.id: history.first.day
            for record in self.book.register.records.values()
            if (history := histories.get(record.path)) and history.beginning_known
        }

    def has_authority(self, record: Record) -> bool:
        """Whether a decision's page has a part on by what power it was taken."""
        return has_authority(self.world, record)

    def authority(self, record: Record) -> AuthorityView:
        """By what power a decision was taken."""
        return authority_view(self.world, record)

    def kept_until(self, record: Record) -> Kept | None:
        """Until when a record is to be kept."""
        return kept_until(record.form)

    def provenance(self, record: Record) -> ProvenanceView:
        """How a record's file was edited."""
        return provenance_view(self.settings.provenance, record)
