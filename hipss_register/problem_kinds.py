"""The catalogue of problems: every kind of mistake that a decision file can have, what it means and its cure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the build; a warning stops it only under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of mistake: its code, what it means, and its cure, in words for a webmaster."""

    code: str
    meaning: str
    cure: str
    severity: Severity = Severity.ERROR


def _warning(code: str, meaning: str, cure: str) -> ProblemKind:
    return ProblemKind(code, meaning, cure, Severity.WARNING)


PROBLEM_KINDS: dict[str, ProblemKind] = {
    kind.code: kind
    for kind in (
        # The folder and its files
        ProblemKind(
            "NO-DIRECTORY",
            "The folder of decisions is not there, or is not a folder.",
            "Make the folder, or set `decisions_dir` in `mkdocs.yml` to the one you have.",
        ),
        ProblemKind(
            "UNREADABLE",
            "The file or folder cannot be read.",
            "Give yourself permission to read it.",
        ),
        ProblemKind(
            "TOO-LARGE",
            "The file is larger than is read: 256 KB for a record, 16 MB for a table, 50 MB for a source document.",
            "Keep documents in `sources/` and only the record's own text in the file.",
        ),
        ProblemKind("NOT-UTF8", "The file is not UTF-8 text.", "Save it as UTF-8 in your editor."),
        ProblemKind(
            "OUTSIDE",
            "A path, or a link in the file system, leads out of the folder that it must stay in.",
            "Put the file itself in the folder.",
        ),
        ProblemKind("EMPTY-FILE", "The file has nothing in it.", "Fill it in or remove it."),
        ProblemKind(
            "BAD-NAME",
            "A decision's file name is its permanent address, so it is small letters and digits joined by hyphens.",
            "Rename the file, such as `2018-01-lighting-award.yaml`.",
        ),
        ProblemKind(
            "RESERVED-NAME",
            "The name is one that websites or Windows keep for themselves.",
            "Give the file another name.",
        ),
        ProblemKind(
            "SAME-ID",
            "Two files, or a file and an alias, claim the same id; capital letters and accents do not make it another.",
            "Rename one of them.",
        ),
        ProblemKind(
            "PAGE-CLASH",
            "A page that the register makes has the same address as one written by hand.",
            "Rename the hand-written page or the record.",
        ),
        ProblemKind(
            "NAME-DATE",
            "A decision's file name begins with its date as far as known, and this one does not agree with `date`.",
            "Rename the file, or correct the date.",
        ),
        _warning(
            "STRAY-FILE",
            "A file in the decisions folder is no decision, reference table or source, so nothing reads it.",
            "Move it to `sources/`, rename it to end in `.yaml`, or take it out.",
        ),
        ProblemKind(
            "MISNAMED-TABLE",
            "A file that must be meant as a reference table has a name that is no table's, or is not in `tables/`.",
            "Give it the table's name, ending in `.yaml`, and put it in `tables/`. What names its entries waits.",
        ),
        # The text of a file
        ProblemKind(
            "BAD-YAML",
            "The file is not well-formed YAML.",
            "Look at the line and the one before it: a colon, a quote or the indentation.",
        ),
        ProblemKind("TAB", "A tab is used to indent.", "Indent with spaces."),
        _warning(
            "CUT-OFF",
            "A text has a space and a # in it. What follows them counts as a note that nobody reads.",
            "Put the whole text in quotes. If it is a note, leave a space after the #.",
        ),
        ProblemKind("DUPLICATE-KEY", "The same field is given twice.", "Keep one of the two."),
        ProblemKind(
            "NO-ALIASES",
            "YAML's anchors, aliases and merges are not read, as a few lines of them can grow without end.",
            "Write the value out in each place; text that begins with & or * goes in quotes.",
        ),
        ProblemKind(
            "NO-TAGS",
            "YAML's tags (words that begin with !) are not read.",
            "Take the tag out, or put the text in quotes.",
        ),
        ProblemKind(
            "TOO-DEEP",
            "Lists and fields stand within one another more than 20 deep.",
            "A decision file needs four or five levels.",
        ),
        ProblemKind(
            "CONTROL-CHARACTER",
            "The text has a character that cannot be seen and can mislead, such as a zero-width or a direction mark.",
            "Delete the character; retyping the word is the simplest way.",
        ),
        ProblemKind(
            "MANY-DOCUMENTS",
            "The file holds more than one YAML document.",
            "Put each decision in a file of its own.",
        ),
        # Fields and values
        ProblemKind(
            "UNKNOWN-KEY",
            "There is no field of that name here.",
            "Use a field from “The decision file, field by field”.",
        ),
        ProblemKind(
            "UNPLACED",
            "A draft made by `hipss-register import` still has words that found no field of their own.",
            "Put each passage where it belongs, or take it out if the record does not need it; then remove `unplaced`.",
        ),
        ProblemKind(
            "MISSING-FIELD",
            "A field that every such record must have is not there.",
            "Add it; `not stated` and `not known` are good answers.",
        ),
        ProblemKind(
            "EMPTY-VALUE",
            "The field is there but nothing stands in it.",
            "Leave the field out, or say which kind of nothing it is: `nil`, `not stated`, `not known` or `withheld`.",
        ),
        ProblemKind(
            "WRONG-SHAPE",
            "The value has the wrong shape: text where a list should be, or the other way round.",
            "Follow the example in “The decision file, field by field”.",
        ),
        ProblemKind(
            "BAD-DATE",
            "The value is not a date.",
            "Write `2017-10-13`, `2017-10`, `2017`, or a range.",
        ),
        ProblemKind(
            "BAD-LENGTH",
            "The value is not a length of time.",
            "Write `3 years`, `18 months` or `3 + 1 + 1 years`.",
        ),
        ProblemKind(
            "BAD-MONEY",
            "The value is not an amount of money.",
            "Write it in digits: `250000` or `£250,000`, with `at most:` or `about:` before it if need be.",
        ),
        ProblemKind(
            "BAD-CHOICE",
            "The value is not one of those that the field allows.",
            "Use one of the values that the message lists.",
        ),
        ProblemKind(
            "BAD-ID",
            "The value is not an id.",
            "Ids are small letters and digits joined by hyphens.",
        ),
        ProblemKind(
            "BAD-ADDRESS",
            "The value is not a web address that can safely be linked to.",
            "Copy the whole address, from https:// on.",
        ),
        ProblemKind(
            "BAD-VALUE",
            "The value does not fit the field.",
            "Follow what the message says was expected.",
        ),
        ProblemKind(
            "IMPOSSIBLE-TERM",
            "A term ends before it begins.",
            "Correct the dates; if the record itself is wrong, leave them out and quote it in `words`.",
        ),
        ProblemKind(
            "VALUE-AND-NOTHING",
            "A value is said to be nothing and is given all the same.",
            "Keep the one or the other.",
        ),
        ProblemKind(
            "NOT-FOR-EVENT",
            "An event does not carry that field.",
            "Move it to the event that it belongs to.",
        ),
        ProblemKind(
            "DATE-ORDER",
            "The decision is dated after it was recorded or published.",
            "Check the dates; if the record itself contradicts itself, give the wrong one in `words` only.",
            Severity.WARNING,
        ),
        # Links between files
        ProblemKind(
            "DANGLING-LINK",
            "The file names a decision that the register does not have.",
            "Correct the id, or add the decision as a cited record.",
        ),
        ProblemKind("LINK-TO-SELF", "A decision cannot change itself.", "Name the earlier decision."),
        ProblemKind(
            "LINK-BACKWARDS",
            "A decision names one that was taken after it.",
            "Put the link in the later decision's file.",
        ),
        ProblemKind(
            "LINK-CYCLE",
            "Decisions refer to one another in a circle, so no order can be true.",
            "Take out the link that runs back in time.",
        ),
        ProblemKind(
            "HAND-WRITTEN-INVERSE",
            "The other end of a link is worked out, never written by hand.",
            "Write the link once, in the later decision's file.",
        ),
        ProblemKind(
            "WRONG-END",
            "The earlier decision did nothing that a link of this kind can refer to.",
            "Use another kind of link, or give the earlier decision its event.",
        ),
        _warning(
            "MISSING-LINK",
            "The decision changes a contract and names no earlier decision that it changes.",
            "Add the link, so that the chain has no hole.",
        ),
        ProblemKind(
            "UNKNOWN-CONTRACT",
            "The contract is not in `tables/contracts.yaml`.",
            "Correct the id, or add the contract to the table.",
        ),
        ProblemKind(
            "UNKNOWN-SUPPLIER",
            "The supplier is not in `tables/suppliers.yaml`.",
            "Correct the id, or add the supplier to the table.",
        ),
        _warning(
            "UNKNOWN-WARD",
            "The ward is in no entry of `tables/wards.yaml`.",
            "Correct the name, or add it to the table under `also`.",
        ),
        _warning(
            "UNKNOWN-THRESHOLD",
            "The table of thresholds has an entry that no check reads.",
            "Correct its id to `key-decision` or `call-in`, or take it out.",
        ),
        ProblemKind(
            "SAME-NAME",
            "Two entries of a table go by the same name.",
            "Keep the name in one of them.",
        ),
        ProblemKind(
            "QUOTE-NOT-FOUND",
            "The words quoted do not stand in the record that they are quoted from.",
            "Copy them again from the record, letter for letter.",
        ),
        ProblemKind(
            "SOURCE-MISSING",
            "The source document is not there.",
            "Put it in `decisions/sources/`, or correct the path.",
        ),
        ProblemKind(
            "SOURCE-TYPE",
            "The source is of a kind or name that we do not publish.",
            "Use PDF, Word, text, Markdown, CSV or an e-mail file, with a plain name.",
        ),
        ProblemKind(
            "SOURCE-CHANGED",
            "The source document is no longer the one that was received: its SHA-256 differs.",
            "Put the original back; if a new version was received, keep both.",
        ),
    )
}
