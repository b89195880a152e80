"""What ``hipss-register new`` asks: answers from options, or from questions, each checked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import click

from hipss_register.build import Edition
from hipss_register.importing.draft import known_makers
from hipss_register.importing.suggest import Known, suggest
from hipss_register.model import EVENT_KINDS, LINK_KINDS, DateSpan
from hipss_register.model.kinds import EventKind
from hipss_register.model.refusal import Refusal, did_you_mean
from hipss_register.names import ordered_unique, slug
from hipss_register.writing.near import near_names

T = TypeVar("T")
_NEEDED = ("title", "date", "maker", "decision")
_NONE = "-"
_MOST_TOLD = 5


class Asked:
    """Answers from options, completed by asking; every answer is checked against the register at once."""

    def __init__(self, edition: Edition, given: Mapping[str, str]) -> None:
        self._register = register = edition.book.register
        self._reading = edition.reading
        self._known = Known(register.tables, tuple(register.records.values()))
        self._likely: dict[str, str] = {}
        self.answers = dict(given)
        self._asking = any(name not in given for name in _NEEDED)

    def complete(self) -> dict[str, str]:
        """All answers needed for a valid file."""
        self._answer("title", "Title of the decision, in the record's words", _one_line)
        self._answer("date", "Date of the decision (2024-09-10)", _date)
        self._tell_makers()
        self._answer("maker", "Decision maker", self._maker)
        self._answer("decision", "What was decided, in the record's words", _one_line)
        self._likely = self._suggested()
        contracts = {key: one.name for key, one in self._register.tables.contracts.items()}
        self._choose("contract", "Which contract is it about?", contracts, self._contract)
        if self.answers.get("contract"):
            self._about_contract()
        elif self.answers.get("event") or self.answers.get("supplier"):
            raise click.UsageError("say with --contract which contract it is")
        self._change()
        return self.answers

    def _answer(self, name: str, question: str, read: Callable[[str], str]) -> None:
        """Read the answer that was given, or ask until one can be read."""
        if name in self.answers:
            self.answers[name] = _or_fail(read, self.answers[name])
        else:
            self.answers[name] = click.prompt(question, value_proc=lambda text: _or_ask_again(read, text))

    def _choose(self, name: str, question: str, among: Mapping[str, str], read: Callable[[str], str]) -> None:
        """The same for what may be left out; asked only if there is something to choose from."""
        if name in self.answers:
            self.answers[name] = _or_fail(read, self.answers[name])
        elif self._asking and among:
            click.echo(_listed(among))
            likely = self._likely.get(name, "") if self._likely.get(name) in among else ""
            self.answers[name] = click.prompt(
                f"{question} ({_NONE if likely else 'Enter'} for none)",
                default=likely,
                show_default=bool(likely),
                value_proc=lambda text: _or_ask_again(read, text) if text.strip() not in ("", _NONE) else "",
            )

    def _tell_makers(self) -> None:
        """Whom the register knows already, the latest first, so that a post is not named in two ways."""
        names = list(ordered_unique(reversed(known_makers(self._known))))
        if self._asking and "maker" not in self.answers and names:
            more = f", and {len(names) - _MOST_TOLD} more" if len(names) > _MOST_TOLD else ""
            click.echo(f"The register has: {'; '.join(names[:_MOST_TOLD])}{more}.")

    def _suggested(self) -> dict[str, str]:
        """What the words given so far suggest of the contract, the event, the supplier and the earlier decision."""
        texts = {"title": self.answers["title"], "decision": self.answers["decision"]}
        suggestions = suggest(texts, self.answers["date"], self._known)
        likely = {one.name: one.value for one in suggestions.event if isinstance(one.value, str)}
        cited = str(suggestions.links[0].value) if suggestions.links else ""
        return {"changes": cited, "supplier": likely.get("suppliers", "")} | likely

    def _about_contract(self) -> None:
        if "event" not in self.answers:
            question = "What does it do to the contract?"
            likely = self._likely.get("event")
            self.answers["event"] = click.prompt(question, type=click.Choice(list(EVENT_KINDS)), default=likely)
        kind = EVENT_KINDS[self.answers["event"]]
        suppliers = {key: one.name for key, one in self._register.tables.suppliers.items()}
        named = kind.name in ("award", "supplier changed")
        self._choose("supplier", "Who is the supplier?", suppliers if named else {}, self._supplier)
        touching = self._register.touching.get(self.answers["contract"], ())
        earlier = {record.id: record.name for record, _ in reversed(touching)}
        if self._likely.get("changes") not in earlier:
            self._likely["changes"] = self._usual(kind, earlier)
        self._choose("changes", "Which decision does it change?", earlier if kind.links else {}, self._earlier)

    def _usual(self, kind: EventKind, earlier: Iterable[str]) -> str:
        """The latest decision about the contract that such an event can change."""
        wanted = [event for link in kind.links for event in LINK_KINDS[link].target_events or EVENT_KINDS]
        for record_id in earlier:
            events = self._register.records[record_id].form.contracts
            if any(event.contract == self.answers["contract"] and event.event in wanted for event in events):
                return record_id
        return ""

    def _change(self) -> None:
        if not self.answers.get("changes"):
            return
        self.answers["changes"] = _or_fail(self._earlier, self.answers["changes"])
        usual = EVENT_KINDS[self.answers["event"]].links if self.answers.get("event") else ()
        if "link" not in self.answers and not usual:
            raise click.UsageError(f"say with --link how it changes {self.answers['changes']}; --help lists the ways")
        self.answers.setdefault("link", next(iter(usual), ""))

    # What an answer may be

    def _maker(self, text: str) -> str:
        words = _one_line(text)
        for name in near_names(words, known_makers(self._known)):
            if not self._asking:
                click.echo(f"Note: the register has “{name}”, which is near to “{words}”.", err=True)
            elif click.confirm(f"The register has “{name}”. Is it the same?"):
                return name
        return words

    def _contract(self, text: str) -> str:
        contracts = self._register.tables.contracts
        names = {name: key for key, one in contracts.items() for name in (key, one.name, one.short) if name}
        return self._in_table(text, names, "contract", "contracts")

    def _supplier(self, text: str) -> str:
        suppliers = self._register.tables.suppliers
        names = {name: key for key, one in suppliers.items() for name in (key, one.name, *one.also)}
        return self._in_table(text, names, "supplier", "suppliers")

    def _in_table(self, text: str, names: Mapping[str, str], what: str, table: str) -> str:
        try:
            return _known(text, names, what, f"tables/{table}.yaml")
        except Refusal as refusal:
            if table not in self._reading.open_tables:
                raise
            message = f"the table of {table} cannot be read, so whether it has “{text}” is not known"
            raise Refusal(refusal.code, message, f"mend it first, or leave the {what} out for now") from refusal

    def _earlier(self, text: str) -> str:
        return _known(text, {record: record for record in self._reading.ids}, "decision", "the register")


def _known(text: str, names: Mapping[str, str], what: str, where: str) -> str:
    """The id of an entry by its id or name, however it is written; raises `Refusal` with the nearest."""
    by_slug = {slug(name): key for name, key in names.items()}
    if slug(text) in by_slug:
        return by_slug[slug(text)]
    near = near_names(text, names) or [name for name in names if slug(text) and slug(text) in slug(name)]
    hint = f"did you mean {names[near[0]]}?" if near else did_you_mean(text, names) or _how_to_add(text, where)
    raise Refusal("BAD-CHOICE", f"there is no {what} “{text}” in {where}", hint)


def _how_to_add(text: str, where: str) -> str:
    line = f", as in {slug(text)}: {text}" if where.endswith(".yaml") else ""
    return f"add it to {where} first{line}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _date(text: str) -> str:
    return str(DateSpan.parse(text))


def _or_fail(read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except Refusal as refusal:
        raise click.ClickException(_said(refusal)) from refusal


def _or_ask_again(read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except Refusal as refusal:
        raise click.UsageError(_said(refusal)) from refusal


def _said(refusal: Refusal) -> str:
    return f"{refusal.message} ({refusal.hint})" if refusal.hint else refusal.message


def _listed(names: Mapping[str, str]) -> str:
    width = max(map(len, names))
    return "\n".join(f"  {key:{width}}  {name}" for key, name in names.items())
