"""Checks: small rules that ask of the register what an auditor would, each with its basis and three possible answers.

A finding is a question for a person. It never says that anybody did wrong. Where a rule cannot be computed, that is
an answer too, with the reason.
"""

from hipss_register.checks.engine import Findings, check, find
from hipss_register.checks.finding import CannotTell, CheckSettings, Choice, Finding, Rule, Weight
from hipss_register.checks.rules import GROUPS, RULES

__all__ = [
    "GROUPS",
    "RULES",
    "CannotTell",
    "CheckSettings",
    "Choice",
    "Finding",
    "Findings",
    "Rule",
    "Weight",
    "check",
    "find",
]
