"""schema.org descriptions (JSON-LD) of pages, for search engines: a data set, a decision, a contract, breadcrumbs.

A decision is described as a creative work. ``schema:Legislation`` would be a false claim: a decision is no legislation.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json

from hipss_register.data import entities, paths
from hipss_register.data.files import DataFile
from hipss_register.data.publication import Publication
from hipss_register.model import When
from hipss_register.site import addresses
from hipss_register.wording import say_when, upper_first

Json = dict[str, Any]
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def written(graph: list[Json]) -> str:
    """A description as text that may stand in a ``<script type="application/ld+json">`` whatever the records say."""
    text = to_json({"@context": "https://schema.org", "@graph": graph}).decode()
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return text


def decision_jsonld(pub: Publication, record_id: str) -> str:
    """The description of a decision's page."""
    record = pub.book.register.records[record_id]
    form, page = record.form, pub.decision_page(record_id)
    makers = [{"@type": "Organization", "name": maker["name"]} for maker in entities.makers_of(pub, record)]
    work = _kept(
        {
            "@type": "CreativeWork",
            "@id": page,
            "url": page,
            "name": record.name,
            "headline": form.title,
            "genre": form.kind,
            "identifier": record_id,
            "description": f"{upper_first(form.kind or 'decision')}, {say_when(form.date)}.",
            "inLanguage": "en-GB",
            "dateCreated": _date(form.date),
            "datePublished": _date(form.published),
            "author": makers,
            "publisher": _publisher(pub),
            "about": [_thing(pub, contract) for contract in _contracts(pub, record_id)],
            "citation": [pub.decision_page(link.target) for link in pub.links_from(record)],
            "isBasedOn": [copy["url"] for copy in entities.sources_of(pub, record)],
            "copyrightNotice": pub.settings.licence,
            "encoding": _encoding(pub, paths.decision(record_id)),
        }
    )
    return written([work, _crumbs(pub, [(addresses.DECISIONS, "Decisions")], record.name, page)])


def _contracts(pub: Publication, record_id: str) -> list[str]:
    return list(dict.fromkeys(pub.contract_of[id(step)] for step in pub.steps.get(record_id, ())))


def contract_jsonld(pub: Publication, contract: str) -> str:
    """The description of a contract's page."""
    entry, page = pub.book.contracts[contract], pub.contract_page(contract)
    about = _kept(
        {
            "@type": "WebPage",
            "@id": page,
            "url": page,
            "name": entry.name,
            "inLanguage": "en-GB",
            "about": _thing(pub, contract) | _kept({"alternateName": entry.short, "description": entry.pays_for}),
            "publisher": _publisher(pub),
            "encoding": _encoding(pub, paths.contract(contract)),
        }
    )
    return written([about, _crumbs(pub, [(addresses.CONTRACTS, "Contracts")], entry.short or entry.name, page)])


def _thing(pub: Publication, contract: str) -> Json:
    entry = pub.book.contracts.get(contract)
    return _kept(
        {
            "@type": "Thing",
            "name": entry.name if entry else contract,
            "identifier": contract,
            "url": pub.contract_page(contract),
        }
    )


def data_jsonld(pub: Publication, files: list[DataFile]) -> str:
    """The description of the data page: the register as a data set, in every form in which it can be had."""
    years = sorted(pub.book.groups["years"])
    page = pub.page(paths.PAGE)
    data = _kept(
        {
            "@type": "Dataset",
            "@id": page,
            "url": page,
            "name": pub.settings.site_name,
            "description": "Decisions of a council, the contracts that they made and changed, and how they are linked.",
            "inLanguage": "en-GB",
            "creator": _publisher(pub),
            "publisher": _publisher(pub),
            "copyrightNotice": pub.settings.licence,
            "isAccessibleForFree": True,
            "temporalCoverage": f"{years[0]}/{years[-1]}" if years else None,
            "distribution": [
                _kept(
                    {
                        "@type": "DataDownload",
                        "name": file.title,
                        "encodingFormat": file.media,
                        "contentUrl": pub.file(file.path),
                    }
                )
                for file in files
            ],
        }
    )
    return written([data, _crumbs(pub, [], "Data", page)])


def _publisher(pub: Publication) -> Json | None:
    name = pub.settings.organisation
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _encoding(pub: Publication, path: str) -> Json | None:
    address = pub.file(path)
    return {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": address} if address else None


def _date(when: When | None) -> str | None:
    """A date as ISO 8601, which may stop at the month or the year; what is no single date is left out."""
    return str(when.date.single) if when and when.date and when.date.single else None


def _crumbs(pub: Publication, trail: list[tuple[str, str]], here: str, page: str | None) -> Json:
    steps = [(pub.page(address), name) for address, name in [(addresses.HOME, "Home"), *trail]]
    items = [
        _kept({"@type": "ListItem", "position": n, "name": name, "item": address})
        for n, (address, name) in enumerate([*steps, (page, here)], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _kept(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
