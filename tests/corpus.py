"""A register of any size, made up from a seed: the same size and seed give the same files, byte for byte.

Contracts have two to eight decisions each, of 600 to 900 words. Some dates are known to the month only, some records
are only cited, some decisions name several suppliers or wards. Nothing in it is about a real council.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SERVICES = (
    "street lighting", "school meals", "home care", "highway repairs", "waste collection", "library systems",
    "short breaks", "fostering support", "leisure centres", "grounds maintenance", "school transport",
    "housing advice",
    "drug and alcohol support", "supported living", "winter gritting", "property valuation", "health visiting",
    "domestic abuse refuges", "payroll", "tree surgery", "bus shelters", "parking enforcement", "reablement",
    "day centres",
)  # fmt: skip
_PLACES = (
    "Alderbourne", "Brackenhill", "Castle Moor", "Dunmere", "Eastbrook", "Fernleigh", "Greywell", "Harrowby",
    "Inglesham",
    "Kingsford", "Lower Wye", "Marlow Hatch", "Northgate", "Oakridge", "Penbury", "Quarry Bank", "Redmarley",
    "Saltwick",
    "Thornbury Cross", "Upper Teme", "Vale End", "Westhope", "Yarrow", "Sutton St Giles",
)  # fmt: skip
_TRADES = ("Care", "Facilities", "Highways", "Partners", "Services", "Support", "Trust", "Works")
_POSTS = ("Cabinet member for {}", "Director of {}", "Head of {}", "Interim director of {}", "Assistant director of {}")
_BRIEFS = ("places", "adults", "children", "finance", "housing", "transport", "culture", "environment", "public health")
_KINDS = ("operational decision", "officer decision", "cabinet decision", "cabinet member decision")

_CONSULTATION = (
    "The local members for the wards affected were written to on {day} and {few} of them replied.",
    "{supplier} has confirmed that it is willing to go on delivering {service} on the present terms.",
    "A survey of people who use the service had {many} answers, most of them in favour of keeping it as it is.",
    "Legal services, finance and procurement were consulted and their comments are in the body of this record.",
    "Parish councils were asked for their views; those received spoke of rural access and of the cost of travel.",
    "The trade unions were told of the proposal and raised questions about transfers of staff (TUPE).",
)
_REASONS = (
    "The contract for {service} supports the council's corporate plan and its medium-term financial strategy.",
    "In the last year the service was used by {many} people, {few} more than in the year before.",
    "A review found that the service reduces demand on more costly provision elsewhere in the council.",
    "Demand in {place} has grown faster than was forecast when the specification was written.",
    "The provider has met {few} of its key performance indicators in each quarter since the contract began.",
    "Without this decision there would be no provision from {day} until a new contract could be let.",
    "The market for {service} was tested and showed that few providers of the size needed work in the county.",
    "Prices in the sector have risen by {few} per cent, and the sum asked for is within the approved budget.",
    "Commissioners need time to complete a full analysis of needs before the form of any new service is settled.",
    "The arrangements give people “one front door”, which they said mattered more to them than any other change.",
    "Bringing the two lots together is expected to save officers' time & reduce the cost of monitoring.",
)
_CONSIDERATIONS = (
    "The cost can be met from the revenue budget for {service}; no call is made on reserves.",
    "There is a risk that the market does not respond; this is mitigated by early engagement with providers.",
    "The Public Sector Equality Duty has been considered and no group is expected to be affected adversely.",
    "The council has power to enter into the contract under section 111 of the Local Government Act 1972.",
    "Best value will be shown through open-book accounting and a yearly benchmark against {few} other councils.",
    "Any transfer of staff will follow the regulations, and information on pensions has been asked for.",
    "Data protection terms are in the contract, and an impact assessment was signed off in {day}.",
    "If the service were to stop, statutory duties towards {many} people could not be met.",
    "Social value commitments include {few} apprenticeships and a local supply chain around {place}.",
)
_ALTERNATIVES = (
    "Do nothing. This is not recommended, because the present contract would end and with it the service.",
    "Deliver {service} in house. The council does not have the staff or the premises to do so at present.",
    "Join a framework of another council. Its prices are higher and its terms do not fit the needs of {place}.",
    "Run a full tender now. There is not enough time before the present term ends.",
)
_BULLETS = ("promote independence", "reduce placements out of county", "improve access in {place}", "deliver savings")


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each thing a corpus of so many decisions has."""

    decisions: int

    @property
    def suppliers(self) -> int:
        return 8 + self.decisions // 60

    @property
    def makers(self) -> int:
        return 6 + self.decisions // 250

    @property
    def wards(self) -> int:
        return 12 + self.decisions // 120


@dataclass(slots=True)
class _Contract:
    id: str
    service: str
    place: str
    supplier: str
    events: list[str]


def corpus(decisions: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """The files of a decisions folder with so many decisions, each as its path and its text, tables last."""
    rng, size = random.Random(f"{seed}"), Size(decisions)
    contracts: dict[str, str] = {}
    left = decisions
    while left:
        number = len(contracts) + 1
        length = min(left, rng.randint(2, 8))
        service, place = rng.choice(_SERVICES), rng.choice(_PLACES)
        contract = _Contract(
            f"{service.replace(' ', '-')}-{number}", service, place, f"supplier-{_skewed(rng, size.suppliers)}",
            ["approval to procure", "award", *rng.choices(_LATER, _LATER_WEIGHTS, k=max(0, length - 2))][:length],
        )  # fmt: skip
        contracts[contract.id] = f"{service.capitalize()} in {place}, contract {number}"
        yield from _decisions_of(rng, size, contract)
        left -= length
    yield "tables/contracts.yaml", "".join(f"{i}: {name}\n" for i, name in contracts.items())
    yield "tables/suppliers.yaml", "".join(f"supplier-{n}: {_supplier(n)}\n" for n in range(size.suppliers))
    yield "tables/wards.yaml", "".join(f"ward-{n}: {_ward(n)}\n" for n in range(size.wards))


def write_corpus(folder: Path, decisions: int, seed: int = 1) -> list[Path]:
    """Write a corpus into a folder, sorted into years; gives the paths of its decisions."""
    written = []
    for name, text in corpus(decisions, seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        if path.parent.name != "tables":
            written.append(path)
    return written


_LATER = ("option exercised", "variation", "extension", "supplier changed", "specification revised")
_LATER_WEIGHTS = (4, 6, 3, 1, 1)
_LINKS = {
    "award": "awards under",
    "option exercised": "exercises option in",
    "variation": "varies",
    "extension": "extends",
    "supplier changed": "varies",
    "specification revised": "implements",
}


def _skewed(rng: random.Random, count: int) -> int:
    """One of so many, the first ones more often: a few suppliers hold many contracts, most hold few."""
    return int(count * rng.random() ** 2)


def _supplier(number: int) -> str:
    return f"{_PLACES[number % len(_PLACES)]} {_TRADES[number // len(_PLACES) % len(_TRADES)]} {number} Limited"


def _ward(number: int) -> str:
    return f"{_PLACES[number % len(_PLACES)]} {number // len(_PLACES) + 1}"


def _maker(number: int) -> str:
    post = _POSTS[number % len(_POSTS)].format(_BRIEFS[number // len(_POSTS) % len(_BRIEFS)])
    return post if number < len(_POSTS) * len(_BRIEFS) else f"{post} ({number})"


def _decisions_of(rng: random.Random, size: Size, contract: _Contract) -> Iterator[tuple[str, str]]:
    year, month = rng.randint(2008, 2021), rng.randint(1, 12)
    ids: list[str] = []
    dates: list[str] = []
    end = year + 4
    for n in range(len(contract.events)):
        date = f"{year}-{month:02}" if rng.random() < 0.15 else f"{year}-{month:02}-{rng.randint(1, 28):02}"
        ids.append(f"{date}-{contract.id}-{n + 1}")
        dates.append(date)
        year, month = (year + 1, month - 5) if month > 5 else (year, month + 7)
    cited = {n for n in range(len(ids) - 1) if rng.random() < 0.04}
    for n, event in enumerate(contract.events):
        end += n > 1
        if n in cited:
            head = _cited(contract, dates[n], event, ids[n + 1])
        else:
            head = _held(rng, size, contract, dates[n], event)
        yield f"{ids[n][:4]}/{ids[n]}.yaml", head + _event(rng, contract, event, end) + _link(event, ids, n)


def _cited(contract: _Contract, date: str, event: str, known_from: str) -> str:
    summary = f"{event.capitalize()} for {contract.service} in {contract.place}"
    return f"summary: {summary}\ndate: {date}\nknown_from: {known_from}\n"


def _held(rng: random.Random, size: Size, contract: _Contract, date: str, event: str) -> str:
    maker = _maker(_skewed(rng, size.makers))
    wards = sorted({_skewed(rng, size.wards) for _ in range(rng.choice((1, 1, 1, 2, 3)))})
    words = {
        "supplier": _supplier(int(contract.supplier.rsplit("-", 1)[1])),
        "service": contract.service,
        "place": contract.place,
    }
    lines = [
        f"title: Decision about the contract for {contract.service} in {contract.place} ({event})",
        f"summary: {contract.service.capitalize()} in {contract.place}, {event}",
        f"kind: {rng.choice(_KINDS)}",
        f"date: {date}",
        f"decision_maker: {maker}",
        f"wards: [{', '.join(_ward(ward) for ward in wards)}]",
        "authority: The council's scheme of delegation, part 3 section 7 of the constitution.",
        *_block("consultation", _paragraphs(rng, _CONSULTATION, words, 85)),
        *_block("decision", [f"To approve the {event} for {contract.service} in {contract.place} as set out below."]),
        *_block("reasons", [*_paragraphs(rng, _REASONS, words, 235), "The aims are to:", _list(rng, words)]),
        *_block("considerations", _paragraphs(rng, _CONSIDERATIONS, words, 150)),
        "alternatives:",
        *(f"  - {_fill(rng, text, words)}" for text in rng.sample(_ALTERNATIVES, 3)),
        "interests: None",
    ]
    return "\n".join(lines) + "\n"


def _block(name: str, paragraphs: list[str]) -> Iterator[str]:
    yield f"{name}: |"
    for n, paragraph in enumerate(paragraphs):
        if n:
            yield ""
        yield from (f"  {line}" for line in paragraph.split("\n"))


def _paragraphs(rng: random.Random, sentences: tuple[str, ...], words: dict[str, str], wanted: int) -> list[str]:
    """So many words or a few more, up to half as many again, in paragraphs of three sentences."""
    said: list[str] = []
    left = int(wanted * rng.uniform(1, 1.5))
    while left > 0:
        sentence = _fill(rng, rng.choice(sentences), words)
        said.append(sentence)
        left -= sentence.count(" ") + 1
    return [" ".join(said[n : n + 3]) for n in range(0, len(said), 3)]


def _fill(rng: random.Random, text: str, words: dict[str, str]) -> str:
    day = f"{rng.randint(1, 28)} {rng.choice(('March', 'June', 'September'))} {rng.randint(2009, 2024)}"
    return text.format(**words, few=rng.randint(2, 12), many=rng.randint(40, 900), day=day)


def _list(rng: random.Random, words: dict[str, str]) -> str:
    return "\n".join(f"• {text.format(**words)}" for text in rng.sample(_BULLETS, 3))


def _event(rng: random.Random, contract: _Contract, event: str, end: int) -> str:
    lines = ["contracts:", f"  - contract: {contract.id}", f"    event: {event}"]
    sum_ = rng.randint(20, 4000) * 1000
    if event == "approval to procure":
        lines += [f"    ceiling: {{at most: {sum_}}}", "    term: 3 years + 1 year"]
    elif event == "award":
        others = ", supplier-0" if rng.random() < 0.1 and contract.supplier != "supplier-0" else ""
        lines += [f"    suppliers: [{contract.supplier}{others}]", f"    value: {sum_}"]
        lines += [f"    term: {{start: {end - 3}-04-01, length: 3 years, options: [1 year]}}"]
    elif event in ("variation", "extension", "option exercised"):
        lines += [f"    term: {{start: {end - 1}-04-01, end: {end}-03-31}}", f"    cost: {{about: {sum_}}}"]
    elif event == "supplier changed":
        lines += [f"    suppliers: {contract.supplier}"]
    else:
        lines += ["    scope: {added: weekend visits}"]
    return "\n".join(lines) + "\n"


def _link(event: str, ids: list[str], n: int) -> str:
    if n == 0:
        return ""
    return f"links: {{{_LINKS[event]}: {ids[0 if event == 'specification revised' else 1 if n > 1 else 0]}}}\n"
