"""Entries of watched tables as text: of each, all that a page may use."""

from __future__ import annotations

from collections.abc import Iterable

from hipss_register.checks.finding import Finding
from hipss_register.read import Record
from hipss_register.read.sources import SourceDocument
from hipss_register.register import Linked, Standing
from hipss_register.site.book import Group
from hipss_register.site.views.findings_parts import FindingsPart
from hipss_register.site.views.rule import RuleView


def say_ids(records: Iterable[Record]) -> str:
    """Which records, and in what order."""
    return " ".join(record.id for record in records)


def say_links(links: Iterable[Linked]) -> str:
    """Some links."""
    return "; ".join(f"{link.source} {link.kind.name} {link.target} {link.worked_out}" for link in links)


def say_standing(standing: Standing) -> str:
    """Whether a decision stands, and why."""
    links = f"{say_links(standing.by)} | {say_links(standing.read_with)}"
    return f"{standing.pending} {standing.effect} {links}"


def say_group(group: Group) -> str:
    """What a group is called."""
    return repr((group.name, group.also))


def say_source(document: SourceDocument) -> str:
    """A document."""
    return f"{document.path} {document.size} {document.sha256} {document.media}"


def say_part(part: FindingsPart) -> str:
    """What the checks say of one thing."""
    reasons = [(because, [rule.code for rule in rules]) for because, rules in part.reasons]
    return "\n".join((*map(say_finding, part.findings), repr(reasons)))


def say_finding(finding: Finding) -> str:
    """A finding."""
    about = finding.code, finding.severity.value, finding.decision, finding.contract, finding.path, finding.loc
    read = [(one.what, one.value, one.record) for one in finding.read]
    return repr((about, finding.message, read, finding.basis.words, finding.basis.known.value, finding.also))


def say_rule_page(view: RuleView) -> str:
    """A page of a rule."""
    row, page = view.row, view.page
    counts = row.severity.value, row.choice, row.found, row.passed, row.cannot_tell, page.number, view.more_reasons
    reasons = [(one.because, [(s.decision, s.contract) for s in one.subjects], one.more) for one in view.reasons]
    return "\n".join((repr(counts), *map(say_finding, page.items), repr(reasons)))
