"""Where everything lives. Addresses are permanent: ``decisions/<id>/``, ``contracts/<id>/``, ``suppliers/<id>/``."""

from __future__ import annotations

HOME = "index.md"
DECISIONS = "decisions/index.md"
CONTRACTS = "contracts/index.md"
CHECKS = "checks/index.md"
CHECKS_BY_CONTRACT = "checks/by-contract.md"
DATA = "data/index.md"
FINDER = "find/index.json"
"""The static index by which the list of decisions is searched."""


def decision(record_id: str) -> str:
    """The page of a decision."""
    return f"decisions/{record_id}.md"


def decision_of(address: str) -> str:
    """The id of the decision whose page it is; that of none if it is another page's."""
    return address[len("decisions/") : -len(".md")] if address.startswith("decisions/") else ""


def contract(contract_id: str) -> str:
    """The page of a contract."""
    return f"contracts/{contract_id}.md"


def group(folder: str, group_id: str, page: int = 1) -> str:
    """The page of a group of decisions, or a further page of a long one."""
    return f"{folder}/{group_id}.md" if page == 1 else f"{folder}/{group_id}/page-{page}.md"


def facet(folder: str, page: int = 1) -> str:
    """The page that lists the groups of one kind, or a further page of a long list: where no group can have its own."""
    return f"{folder}/index.md" if page == 1 else f"{folder}/all/{page}.md"


def contracts(page: int = 1) -> str:
    """The list of contracts, or a further page of it."""
    return facet("contracts", page)


def checks_by_contract(page: int = 1) -> str:
    """The list of contracts with findings, or a further page of it."""
    return CHECKS_BY_CONTRACT if page == 1 else f"checks/by-contract/{page}.md"


def department(slug: str, page: int = 1) -> str:
    """The list of a department's contracts with findings, or a further page of it."""
    return group("checks/departments", slug, page)


def rule(slug: str, page: int = 1) -> str:
    """The page of a check, or a further page of its findings."""
    return group("checks", slug, page)


def bundle(contract_id: str) -> str:
    """The page of a contract on which all that is known of it can be printed."""
    return f"contracts/{contract_id}/bundle.md"


def bundle_archive(contract_id: str) -> str:
    """Where a contract's audit bundle is published, as an archive."""
    return f"contracts/{contract_id}/{contract_id}-bundle.zip"


def source(path: str) -> str:
    """A source document, by a name that no page can have; it is published at ``path`` itself (``sources/…``)."""
    return f"{path}.as-received"


def supplier(supplier_id: str) -> str:
    """The page of a supplier."""
    return group("suppliers", supplier_id)


TOP_PAGES = frozenset(
    {
        HOME,
        DECISIONS,
        CONTRACTS,
        CHECKS,
        DATA,
        *(facet(f) for f in ("years", "decision-makers", "wards", "kinds", "suppliers")),
    }
)
