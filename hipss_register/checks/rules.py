"""The table of rules: pages, data, command line and documentation all read it; nothing else lists the checks."""

from __future__ import annotations

from hipss_register.checks import (
    authority,
    ceilings,
    chain,
    content,
    edits,
    key,
    links,
    naming,
    procurement,
    sums,
    timing,
)
from hipss_register.checks.finding import Over, Rule, Weight
from hipss_register.checks.law import ACT_2023, EITHER, KEY, KEY_NOTICE, OTHER_KEPT, REG_72, SCHEDULE_12A

QUESTION, GAP, INCONSISTENCY = Weight.QUESTION, Weight.GAP, Weight.INCONSISTENCY
DECISION, CONTRACT, TABLES = Over.DECISION, Over.CONTRACT, Over.TABLES

GROUPS: dict[str, tuple[Rule, ...]] = {
    "What a record contains": (
        Rule(
            "BOX-EMPTY",
            "Reasons and alternatives are given",
            GAP,
            DECISION,
            content.boxes_are_filled,
            EITHER,
            needs_record=True,
        ),
        Rule(
            "INTERESTS-BLANK",
            "Interests are answered",
            GAP,
            DECISION,
            content.interests_are_answered,
            EITHER,
            needs_record=True,
        ),
        Rule("FILLER", "Each box says something", QUESTION, DECISION, content.boxes_say_something, needs_record=True),
        Rule(
            "REASONS-REPEAT",
            "Reasons add to the decision",
            QUESTION,
            DECISION,
            content.reasons_add_to_the_decision,
            needs_record=True,
        ),
        Rule(
            "NO-PARAGRAPH",
            "What is withheld names a paragraph",
            GAP,
            DECISION,
            content.withheld_parts_name_a_paragraph,
            SCHEDULE_12A,
            needs_record=True,
        ),
        Rule(
            "PERSONAL-DETAILS",
            "No personal details in the text",
            QUESTION,
            DECISION,
            naming.texts_hold_no_personal_details,
            needs_record=True,
        ),
        Rule(
            "NO-PAPERS",
            "Background papers can be seen",
            GAP,
            DECISION,
            content.background_papers_can_be_seen,
            OTHER_KEPT,
            needs_record=True,
        ),
        Rule(
            "SAME-DECISION",
            "No decision is there twice",
            INCONSISTENCY,
            DECISION,
            content.decision_is_not_there_twice,
            needs_record=True,
        ),
    ),
    "Dates": (
        Rule("DATES-CROSS", "Dates are in order", INCONSISTENCY, DECISION, timing.dates_are_in_order),
        Rule("LATE", "The record is published soon", QUESTION, DECISION, timing.record_is_published_soon),
        Rule("AFTER-IT-BEGAN", "Decided before it begins", QUESTION, DECISION, timing.decided_before_it_begins),
    ),
    "Key decisions": (
        Rule("KEY-SUM", "Large sums are marked as key", QUESTION, DECISION, key.big_sums_are_key, KEY),
        Rule("KEY-WARDS", "Wide effects are marked as key", QUESTION, DECISION, key.wide_effects_are_key, KEY),
        Rule(
            "SHORT-NOTICE",
            "Key decisions have their notice",
            QUESTION,
            DECISION,
            key.key_decisions_have_notice,
            KEY_NOTICE,
        ),
        Rule("BEFORE-CALL-IN", "Time for call-in runs out first", QUESTION, DECISION, key.call_in_runs_out_first),
        Rule("CALL-IN-LATE", "Called in before time ran out", QUESTION, DECISION, key.call_ins_come_in_time),
        Rule(
            "CALLED-IN-ANYWAY",
            "Only what can be is called in",
            INCONSISTENCY,
            DECISION,
            key.only_what_can_be_is_called_in,
        ),
    ),
    "Authority": (
        Rule(
            "NO-AUTHORITY", "The authority is stated", GAP, DECISION, authority.authority_is_stated, needs_record=True
        ),
        Rule(
            "NO-INSTRUMENT",
            "The authority names an instrument",
            QUESTION,
            DECISION,
            authority.authority_names_an_instrument,
            needs_record=True,
        ),
        Rule("OTHER-POST", "The authorised post decides", QUESTION, DECISION, authority.the_post_authorised_decides),
        Rule(
            "NOT-CONSULTED",
            "Required consultation is recorded",
            GAP,
            DECISION,
            authority.required_consultation_is_recorded,
            needs_record=True,
        ),
        Rule(
            "OVER-CEILING",
            "Spending stays under the ceiling",
            QUESTION,
            CONTRACT,
            ceilings.spending_stays_under_the_ceiling,
        ),
        Rule(
            "COST-AND-CEILING",
            "Added cost is set against the ceiling",
            QUESTION,
            DECISION,
            ceilings.added_cost_is_set_against_the_ceiling,
        ),
        Rule(
            "PAST-APPROVAL",
            "The term stays within the approval",
            QUESTION,
            CONTRACT,
            ceilings.term_stays_within_the_approval,
        ),
    ),
    "The chain of a contract": (
        Rule("NO-RECORD", "Every step has a record", GAP, CONTRACT, chain.every_step_has_a_record),
        Rule("NOT-HELD", "Mentioned records are held", GAP, DECISION, chain.mentioned_records_are_held),
        Rule("OPTION-OVERUSED", "Options are not overused", INCONSISTENCY, CONTRACT, chain.options_are_not_overused),
        Rule("TERMS-JOIN", "The parts of the term join", INCONSISTENCY, CONTRACT, chain.terms_join),
        Rule("LATE-EXTENSION", "Lengthened before it ended", QUESTION, DECISION, chain.decided_before_the_old_end),
        Rule("NO-SUCCESSOR", "Something follows the end", QUESTION, CONTRACT, chain.ending_contracts_have_a_successor),
    ),
    "Changes to contracts": (
        Rule(
            "NO-GROUND",
            "Changes state their ground",
            QUESTION,
            DECISION,
            procurement.changes_state_their_ground,
            REG_72,
        ),
        Rule(
            "NO-NOTICE",
            "Modification notices are published",
            QUESTION,
            DECISION,
            procurement.modification_notices_are_published,
            REG_72,
        ),
        Rule(
            "OVER-HALF",
            "A change adds at most half",
            QUESTION,
            DECISION,
            procurement.changes_stay_within_half_the_value,
        ),
        Rule(
            "GROWN",
            "Changes together add at most half",
            QUESTION,
            CONTRACT,
            procurement.contracts_grow_by_half_at_most,
        ),
        Rule(
            "CHANGE-NOTICE",
            "Change notices come first",
            QUESTION,
            DECISION,
            procurement.change_notices_come_first,
            ACT_2023,
        ),
    ),
    "Arithmetic": (
        Rule("TERM-SUM", "Lengths agree with dates", INCONSISTENCY, DECISION, chain.lengths_agree_with_dates),
        Rule(
            "OTHER-SUM",
            "Sums are those in the words",
            QUESTION,
            DECISION,
            sums.sums_are_among_those_in_the_words,
            needs_record=True,
        ),
        Rule("PARTS-SUM", "Parts add up", INCONSISTENCY, DECISION, sums.parts_add_up_to_the_total),
        Rule("RATE-SUM", "Rate and term make the total", INCONSISTENCY, DECISION, sums.rates_lead_to_the_total),
        Rule(
            "VALUE-SUM",
            "Old value and change make the new",
            INCONSISTENCY,
            DECISION,
            sums.change_leads_from_old_to_new_value,
        ),
    ),
    "Links and names": (
        Rule("NOT-LINKED", "Mentions are linked", QUESTION, DECISION, links.mentions_are_linked),
        Rule(
            "ADDRESS-NOT-LINKED",
            "Addresses lead to known decisions",
            QUESTION,
            DECISION,
            links.cited_addresses_are_known,
        ),
        Rule("TWO-NAMES", "One place has one name", INCONSISTENCY, DECISION, naming.one_place_has_one_name),
        Rule("OLD-WARD", "Wards are of their time", INCONSISTENCY, DECISION, naming.wards_are_of_their_time),
        Rule("SAME-SUPPLIER", "Suppliers are there once", QUESTION, TABLES, naming.suppliers_are_there_once),
    ),
    "Edits": (
        Rule("EDIT-NOT-NOTED", "Edits are noted", QUESTION, DECISION, edits.edits_are_noted),
        Rule(
            "RELIED-ON-EDITED", "Records relied on stay as they were", QUESTION, DECISION, edits.records_relied_on_stay
        ),
    ),
}
"""The rules by what they are about, in the order of the pages."""

RULES: dict[str, Rule] = {rule.code: rule for group in GROUPS.values() for rule in group}
"""Every rule by its code."""
