"""What exists: decisions, contracts, terms, money, dates, and the tables of what decisions can do.

Everything here is an immutable value that knows nothing of files, pages or MkDocs.
"""

from hipss_register.model.base import Answer, Model, Nothing, Statement
from hipss_register.model.dates import DateSpan, PartialDate, Relation
from hipss_register.model.decision import DecisionForm, KnownFrom, Link, Makers, Source, Wards
from hipss_register.model.event import ContractEvent, MoneyRoles, Suppliers
from hipss_register.model.kinds import (
    EVENT_KINDS,
    INVERSES,
    LINK_KINDS,
    MONEY_ROLES,
    Effect,
    LinkKind,
)
from hipss_register.model.lengths import Length
from hipss_register.model.money import Amount, Money
from hipss_register.model.refusal import Refusal
from hipss_register.model.tables import Contract, DecisionMaker, Supplier, Tables, Ward
from hipss_register.model.term import Option, Term
from hipss_register.model.when import When

__all__ = [
    "EVENT_KINDS",
    "INVERSES",
    "LINK_KINDS",
    "MONEY_ROLES",
    "Amount",
    "Answer",
    "Contract",
    "ContractEvent",
    "DateSpan",
    "DecisionForm",
    "DecisionMaker",
    "Effect",
    "KnownFrom",
    "Length",
    "Link",
    "LinkKind",
    "Makers",
    "Model",
    "Money",
    "MoneyRoles",
    "Nothing",
    "Option",
    "PartialDate",
    "Refusal",
    "Relation",
    "Source",
    "Statement",
    "Supplier",
    "Suppliers",
    "Tables",
    "Term",
    "Ward",
    "Wards",
    "When",
]
