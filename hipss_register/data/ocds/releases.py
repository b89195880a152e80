"""One contract's decisions as OCDS releases, in the order of their dates."""

from __future__ import annotations

import datetime as dt

from hipss_register.data.moments import published
from hipss_register.data.ocds import parts as p
from hipss_register.data.publication import Publication
from hipss_register.history import Step
from hipss_register.model import ContractEvent
from hipss_register.read import Record
from hipss_register.wording import say_money

Json = p.Json

TAGS: dict[str, list[str]] = {
    "approval to procure": ["planning"],
    "specification revised": ["planningUpdate"],
    "award": ["award", "contract"],
    "option exercised": ["contractUpdate"],
    "variation": ["contractAmendment"],
    "extension": ["contractAmendment"],
    "supplier changed": ["contractAmendment"],
    "termination": ["contractTermination"],
    "expiry noted": ["contractUpdate"],
    "re-let": ["contractUpdate"],
}
"""What a release is, by what the decision does to the contract."""

_OF_THE_CONTRACT = frozenset({"varies", "extends"})


def releases(pub: Publication, contract: str) -> list[Json]:
    """Every release of a contract that is among the `dated` ones."""
    ocid = p.ocid_of(pub, contract)
    made: list[Json] = []
    for step, day in pub.once(dated)[contract]:
        maker = _Maker(pub, contract, ocid or "", step, day)
        earlier = {release["id"] for release in made}
        before = maker.before(made[-1]["date"] if made else "")
        made += [release for release in (before, maker.release()) if release and release["id"] not in earlier]
    return made


Dated = list[tuple[Step, dt.date]]
"""Steps of a contract's history in order, each with the day of its release."""


def dated(pub: Publication) -> dict[str, Dated]:
    """For each contract that has an ocid, the steps that give a release; those that have none are left out."""
    found = ((contract, dated_steps(pub, contract)) for contract in sorted(pub.book.contracts))
    return {contract: steps for contract, steps in found if steps and p.ocid_of(pub, contract)}


def dated_steps(pub: Publication, contract: str) -> Dated:
    """The steps that give a release. A decision to which no day can be put gives none.

    A decision of which only the month or the year is known was taken before the one that follows it in the history.
    """
    steps = [step for step in pub.book.histories[contract].steps if step.in_force]
    dated = [(step, day) for step in steps if (day := _day(pub, step.record))]
    for n in range(len(dated) - 2, -1, -1):
        dated[n] = dated[n][0], min(dated[n][1], dated[n + 1][1])
    return dated


def _day(pub: Publication, record: Record) -> dt.date | None:
    """The last day on which a decision can have been taken: the day of its release."""
    return record.form.date.latest or record.form.date.earliest or published(pub, record)


def revision(record: Record) -> int:
    """The number of a record's present text: a correction of its file makes another release, of another id."""
    return 1 + len(record.form.corrections)


class _Maker:
    """Makes the releases of one decision about one contract."""

    def __init__(self, pub: Publication, contract: str, ocid: str, step: Step, day: dt.date) -> None:
        self.pub, self.contract, self.ocid, self.step, self.day = pub, contract, ocid, step, day
        self.record, self.event = step.record, step.event
        self.award = f"{contract}-award"

    def _id(self, what: str = "") -> str:
        events = [event for event in self.record.form.contracts if event.contract == self.contract]
        number = next((n for n, event in enumerate(events, 1) if event is self.event), 1)
        return "-".join(
            filter(None, (self.record.id, str(number) if number > 1 else "", what, f"r{revision(self.record)}"))
        )

    def _base(self, release_id: str, date: str, tag: list[str], suppliers: list[str]) -> Json:
        parties = [p.council_party(self.pub), *(p.supplier_party(self.pub, i) for i in suppliers)]
        return {
            "ocid": self.ocid,
            "id": release_id,
            "date": date,
            "tag": tag,
            "initiationType": "tender",
            "language": "en",
            "parties": parties,
            "buyer": p.council(self.pub),
        }

    def before(self, previous: str) -> Json | None:
        """How the contract stood until this decision, as the decision's own record says; None if it does not."""
        before = self.event.before if self.event else None
        end = before.end.exact if before and before.end and not before.end.worked_out else None
        value = p.one_figure(before.value, "exactly") if before else None
        if not end and not value:
            return None
        term = p.kept(endDate=p.last_second(end)) if end else None
        date = max(p.first_second(self.day), previous)
        base = self._base(self._id("before"), date, ["contractUpdate"], [])
        return base | {"contracts": [self._contract(period=term, value=value)]}

    def release(self) -> Json:
        """The decision itself."""
        suppliers = (
            [party.supplier for party in self.event.suppliers.parties] if self.event and self.event.suppliers else []
        )
        body = self._body(suppliers)
        tag = body.pop("tag")
        base = self._base(self._id(), p.last_second(self.day), tag, suppliers)
        return base | body | p.kept(relatedProcesses=list(p.related(self.pub, self.contract)))

    def _body(self, suppliers: list[str]) -> Json:
        if self.event is None:
            return self._of_no_event()
        kind = self.event.event
        if kind == "approval to procure":
            return self._planning(self.event) | {"tag": TAGS[kind]}
        if kind == "specification revised" and not _OF_THE_CONTRACT & self.record.form.links.keys():
            return self._planning(self.event) | {"tag": TAGS[kind]}
        if kind == "award":
            return self._award(self.event, suppliers) | {"tag": TAGS[kind]}
        ends_a_part = kind == "termination" and not self.step.after.ended
        tag = ["contractAmendment"] if ends_a_part or kind == "specification revised" else TAGS[kind]
        return self._change(self.event, tag)

    def _planning(self, event: ContractEvent) -> Json:
        limit = f"{say_money(event.ceiling)}." if event.ceiling else None
        budget = p.kept(description=limit, amount=p.one_figure(event.ceiling, "exactly", "at most"))
        planning = p.kept(
            rationale=p.said(self.record, "reasons"), budget=budget, documents=p.documents(self.pub, self.record)
        )
        return {"planning": planning, "tender": self._tender(event, "planning")}

    def _tender(self, event: ContractEvent, status: str) -> Json:
        tender = {
            "id": f"{self.contract}-tender",
            "title": self.pub.book.contracts[self.contract].name,
            "status": status,
        }
        planned = p.description(self.record, event) if status == "planning" else None
        return tender | p.kept(
            description=planned, procuringEntity=p.council(self.pub), procurementMethodDetails=event.route
        )

    def _award(self, event: ContractEvent, suppliers: list[str]) -> Json:
        day = self.record.form.date.exact
        award = {"id": self.award, "title": self.record.name, "status": "active"} | p.kept(
            description=p.description(self.record, event),
            date=p.first_second(day) if day else None,
            value=p.one_figure(event.value, "exactly"),
            suppliers=[p.supplier(self.pub, supplier) for supplier in suppliers],
            documents=p.documents(self.pub, self.record),
        )
        return {
            "tender": self._tender(event, "complete"),
            "awards": [award],
            "contracts": [
                self._contract(
                    status=self._status(), period=p.period(self.step.after), value=p.one_figure(event.value, "exactly")
                )
            ],
        }

    def _contract(self, **fields: object) -> Json:
        name = self.pub.book.contracts[self.contract].name
        return {"id": self.contract, "awardID": self.award, "title": name} | p.kept(**fields)

    def _status(self) -> str | None:
        """What the contract is on the day of the release, as far as records state its days."""
        start = p.stated(self.step.after.start)
        return ("pending" if start > self.day else "active") if start else None

    def _change(self, event: ContractEvent, tag: list[str]) -> Json:
        fields: Json = {"documents": p.documents(self.pub, self.record), "value": p.one_figure(event.value, "exactly")}
        fields["period"] = p.period(self.step.after)
        whole = event.event == "termination" and self.step.after.ended
        ended = whole or (event.event == "expiry noted" and self._is_past())
        fields["status"] = "terminated" if ended else None
        if tag == ["contractAmendment"]:
            fields["amendments"] = [self._amendment(event)]
        else:
            fields["description"] = p.description(self.record, event)
        return {"tag": tag, "contracts": [self._contract(**fields)]}

    def _is_past(self) -> bool:
        end = p.stated(self.step.after.end)
        return bool(end and end <= self.day)

    def _amendment(self, event: ContractEvent) -> Json:
        day = self.record.form.date.exact
        return {"id": self.record.id, "releaseID": self._id()} | p.kept(
            date=p.first_second(day) if day else None,
            description=p.description(self.record, event),
            rationale=p.said(self.record, "reasons"),
        )

    def _of_no_event(self) -> Json:
        """A decision that acts on another one about the contract: it takes an award back, or is to be read with it."""
        if self.step.before.awarded and not self.step.after.awarded:
            cancelled = {"id": self.award, "status": "cancelled", "documents": p.documents(self.pub, self.record)}
            return {
                "tag": ["awardCancellation"],
                "awards": [cancelled],
                "contracts": [self._contract(status="cancelled")],
            }
        documents = p.documents(self.pub, self.record)
        if self.step.after.awarded:
            return {"tag": ["contractUpdate"], "contracts": [self._contract(documents=documents)]}
        return {"tag": ["planningUpdate"], "planning": {"documents": documents}}
