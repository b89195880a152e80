"""The register's JSON documents: one function for each kind of thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from hipss_register import history as h
from hipss_register.data import document_parts as parts
from hipss_register.data import documents as d
from hipss_register.data.publication import Finding, Publication
from hipss_register.model import DateSpan
from hipss_register.read import Record
from hipss_register.site import addresses


def decision_facts(pub: Publication, record: Record) -> d.DecisionFacts:
    """One decision, but for what its file says."""
    standing = pub.book.register.standings[record.id]
    return d.DecisionFacts(
        format=d.FORMAT,
        id=record.id,
        url=pub.decision_page(record.id),
        name=record.name,
        status="held" if record.held else "cited",
        absent=record.form.absent,
        date=date_doc(record.form.date.date),
        standing=parts.StandingDoc(
            in_force=standing.in_force,
            effect=standing.effect.value,
            by=tuple(link.source for link in standing.by),
            read_with=tuple(link.source for link in standing.read_with),
        ),
        decision_makers=makers_of(pub, record),
        wards=wards_of(pub, record),
        links=tuple(
            parts.LinkDoc(kind=link.kind.name, decision=link.target, worked_out=link.worked_out)
            for link in pub.links_from(record)
        ),
        linked_from=tuple(
            parts.BackLinkDoc(kind=link.kind.inverse, decision=link.source, worked_out=link.worked_out)
            for link in pub.links_to(record)
        ),
        makes_known=tuple(other.id for other in pub.book.mentioned_by.get(record.id, ())),
        changes=tuple(_change(pub, step) for step in pub.steps.get(record.id, ())),
        sources=tuple(sources_of(pub, record)),
    )


def makers_of(pub: Publication, record: Record) -> tuple[parts.Named, ...]:
    """Who took a decision, under the register's ids."""
    return _named(pub, "decision-makers", (maker.name for maker in record.form.makers))


def wards_of(pub: Publication, record: Record) -> tuple[parts.Named, ...]:
    """The places that a decision affects, under the register's ids."""
    wards = record.form.wards
    return _named(pub, "wards", wards.wards if wards else ())


def _named(pub: Publication, folder: str, words: Iterable[str]) -> tuple[parts.Named, ...]:
    ids = dict.fromkeys(pub.id_of(folder, name) for name in words)
    groups = pub.book.groups[folder]
    return tuple(parts.Named(id=i, name=groups[i].name, url=pub.page(addresses.group(folder, i))) for i in ids)


def sources_of(pub: Publication, record: Record) -> Iterator[parts.SourceDoc]:
    """The copies that the register keeps of a decision's documents, in the order of its file."""
    named = [source.file for source in record.form.source]
    named += [document.file for document in (*record.form.documents, *record.form.background) if document.file]
    for path in dict.fromkeys(named):
        if document := pub.book.sources.get(path):
            yield parts.SourceDoc(
                path=path, url=pub.file(path), media=document.media, size=document.size, sha256=document.sha256
            )


@lru_cache(maxsize=1 << 9)  # decisions are read in the order of their dates
def date_doc(span: DateSpan | None) -> parts.DateDoc:
    """A date as far as it is known."""
    if span is None:
        return parts.DateDoc(value=None, earliest=None, latest=None)
    return parts.DateDoc(value=str(span), earliest=_iso(span.earliest), latest=_iso(span.latest))


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _change(pub: Publication, step: h.Step) -> parts.ChangeDoc:
    return parts.ChangeDoc(
        contract=pub.contract_of[id(step)],
        event=step.event.event if step.event else None,
        in_force=step.in_force,
        before=_stand(step.before),
        after=_stand(step.after),
    )


def contract_doc(pub: Publication, contract_id: str) -> d.ContractDoc:
    """One contract, with its history."""
    history = pub.book.histories[contract_id]
    return d.ContractDoc(
        format=d.FORMAT,
        id=contract_id,
        url=pub.contract_page(contract_id),
        entry=parts.plain(pub.book.contracts[contract_id]),
        followed_by=pub.book.followers.get(contract_id, ()),
        now=_state(history.now),
        history=tuple(_step(step) for step in history.steps),
        missing=tuple(
            parts.ImpliedDoc(event=implied.event, by=_iso(implied.by), because=implied.because, basis=implied.basis)
            for implied in history.implied
        ),
    )


def _step(step: h.Step) -> parts.StepDoc:
    return parts.StepDoc(
        decision=step.record.id,
        event=step.event.event if step.event else None,
        in_force=step.in_force,
        after=_stand(step.after),
    )


def _stand(state: h.State) -> parts.StandDoc:
    suppliers, total = state.suppliers, state.total
    return {
        "awarded": state.awarded,
        "ended": state.ended,
        "suppliers": {**_whence(suppliers), "value": suppliers.value},
        "start": _day(state.start),
        "end": _day(state.end),
        "furthest": _day(state.furthest),
        "total": {**_whence(total), "value": parts.plain(total.value) if total.value else None},
    }


def _state(state: h.State) -> parts.StateDoc:
    return parts.StateDoc(
        **_stand(state),
        parts=tuple(_part(part) for part in state.parts),
        sums=tuple(
            parts.SumDoc(decision=entry.record, event=entry.event, role=entry.role.name, sum=parts.plain(entry.money))
            for entry in state.money
        ),
        scope=tuple(
            parts.ScopeDoc(decision=change.record, added=change.added, removed=change.removed) for change in state.scope
        ),
    )


def _part(part: h.TermPart) -> parts.PartDoc:
    return parts.PartDoc(
        kind=part.kind.value,
        start=_day(part.start),
        end=_day(part.end),
        support=part.support.value,
        set_by=part.set_by,
        length=str(part.length) if part.length else None,
        up_to=part.up_to,
        lots=part.lots,
    )


def _day(fact: h.Fact[DateSpan]) -> parts.DayFact:
    return {**_whence(fact), "value": date_doc(fact.value) if fact.value else None}


def _whence(fact: h.Fact[Any]) -> parts.Fact:
    nothing = fact.nothing if fact.value is None else None
    return {"nothing": nothing, "set_by": fact.set_by, "worked_out": fact.worked_out or None, "basis": fact.basis}


def supplier_doc(pub: Publication, supplier_id: str) -> d.SupplierDoc:
    """One supplier, with its contracts and decisions."""
    group = pub.book.groups["suppliers"].get(supplier_id)
    return d.SupplierDoc(
        format=d.FORMAT,
        id=supplier_id,
        url=pub.supplier_page(supplier_id),
        entry=parts.plain(pub.book.register.tables.suppliers[supplier_id]),
        contracts=pub.book.contracts_of.get(supplier_id, ()),
        decisions=tuple(record.id for record in group.records) if group else (),
    )


def publisher_doc(pub: Publication) -> d.PublisherDoc:
    """Who publishes the register."""
    settings = pub.settings
    return d.PublisherDoc(
        name=settings.organisation,
        register_name=settings.site_name,
        contact=settings.contact or None,
        licence=settings.licence or None,
        url=settings.site_url or None,
    )


def finding_doc(finding: Finding) -> d.FindingDoc:
    """What a check found."""
    return d.FindingDoc(
        code=finding.code,
        severity=str(finding.severity),
        decision=finding.decision,
        contract=finding.contract,
        message=finding.message,
        basis=str(finding.basis),
        read=tuple(d.ReadDoc(what=read.what, value=read.value, record=read.record) for read in finding.read),
    )
