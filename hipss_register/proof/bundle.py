"""The audit bundle of one contract: an archive of its records, sources, history, findings and hashes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from hipss_register.checks.finding import CannotTell, Finding
from hipss_register.checks.report import finding_data
from hipss_register.history import Fact, History, Step
from hipss_register.model import Contract
from hipss_register.proof.provenance import Provenance, RecordHistory
from hipss_register.proof.records import PATH, Making
from hipss_register.proof.sums import LIST, format_sums
from hipss_register.read import Record
from hipss_register.read.files import SourceFile
from hipss_register.read.sources import SourceDocument

RECORDS = "decisions"
"""Where in a bundle the records' files stand, each by its id."""

_FIXED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class BundleParts:
    """All that goes into the bundle of one contract. ``files`` are the record files by the path that messages use."""

    contract_id: str
    contract: Contract
    history: History
    files: Mapping[str, SourceFile]
    sources: Mapping[str, SourceDocument]
    findings: tuple[Finding, ...]
    cannot_tell: tuple[CannotTell, ...]
    provenance: Provenance | None
    commit: str = ""
    site_url: str = ""
    folder: str = "decisions"
    """The decisions folder, from the repository's top."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The contract's records, in order of time."""
        return tuple(dict.fromkeys(step.record for step in self.history.steps))


def make_bundle(parts: BundleParts) -> bytes:
    """The archive's bytes. The same records give the same bytes anywhere."""
    files = dict(_files(parts))
    sums = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    files[LIST] = format_sums(sums).encode()
    return zipped(files, f"{parts.contract_id}-bundle")


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Files as a ZIP archive in one folder, in the order of their names, with fixed times.

    Stored, not compressed: compressors differ between machines, and the bytes must not.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{folder}/{name}", _FIXED)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, files[name])
    return made.getvalue()


def _files(parts: BundleParts) -> Iterable[tuple[str, bytes]]:
    yield "README.txt", _readme(parts).encode()
    yield "contract.json", _json({"id": parts.contract_id} | parts.contract.model_dump(mode="json", exclude_unset=True))
    yield "history.json", _json([_step(step) for step in parts.history.steps] + [_implied(parts.history)])
    yield "findings.json", _json(_findings(parts))
    yield "edits.json", _json(_edits(parts))
    made_from: dict[str, str] = {}
    for record in parts.records:
        if file := parts.files.get(record.path):
            made_from[file.path.removeprefix(f"{parts.folder}/")] = record.mark
            yield f"{RECORDS}/{record.id}.yaml", file.real.read_bytes()
        for source in record.form.source:
            if document := parts.sources.get(source.file):
                made_from[document.path] = document.sha256
                yield source.file, document.real.read_bytes()
    yield PATH, Making(parts.commit, parts.folder, made_from, parts.contract_id).as_json()


def _json(value: Any) -> bytes:
    """As ``json.dumps`` has it with an indent, but for which it leaves its fast ways; there are no fractions here."""
    return to_json(value, indent=2) + b"\n"


def _step(step: Step) -> dict[str, Any]:
    after = step.after
    return {
        "decision": step.record.id,
        "event": step.event.event if step.event else None,
        "in_force": step.in_force,
        "after": {
            "suppliers": _fact(after.suppliers),
            "start": _fact(after.start),
            "end": _fact(after.end),
            "total_value": _fact(after.total),
        },
    }


def _fact(fact: Fact[Any]) -> dict[str, Any]:
    value: Any = fact.value
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    elif value is not None and not isinstance(value, tuple):
        value = str(value)
    return {
        "value": value,
        "nothing": fact.nothing.value if fact.nothing else None,
        "set_by": fact.set_by,
        "worked_out": fact.worked_out or None,
        "from": list(fact.basis),
    }


def _implied(history: History) -> dict[str, Any]:
    return {
        "missing": [
            {
                "event": implied.event,
                "by": implied.by.isoformat() if implied.by else None,
                "because": implied.because,
                "from": implied.basis,
            }
            for implied in history.implied
        ]
    }


def _findings(parts: BundleParts) -> dict[str, Any]:
    return {
        "findings": [
            {"code": f.code, "severity": f.severity.value, "message": f.message} | finding_data(f)
            for f in parts.findings
        ],
        "cannot_tell": [
            {"code": a.code, "decision": a.decision, "contract": a.contract, "because": a.because}
            for a in parts.cannot_tell
        ],
    }


def _edits(parts: BundleParts) -> dict[str, Any]:
    provenance = parts.provenance or Provenance("the version history was not read")
    known = {record.id: provenance.histories.get(record.path) for record in parts.records}
    return {
        "commit": parts.commit or None,
        "not_known": provenance.because or None,
        "records": {record_id: _history(history) for record_id, history in known.items() if history},
    }


def _history(history: RecordHistory) -> list[dict[str, Any]]:
    return [
        {
            "commit": edit.commit,
            "day": edit.day.isoformat(),
            "renamed_from": edit.renamed_from or None,
            "changes": None if edit.changes is None else [str(change) for change in edit.changes],
        }
        for edit in history.edits
    ]


def _readme(parts: BundleParts) -> str:
    name = parts.contract.name
    where = f"Taken from {parts.site_url}\n" if parts.site_url else ""
    made = f"Made from the commit {parts.commit}\n" if parts.commit else ""
    return f"""Audit bundle: {name}

{where}{made}
What is in it
  decisions/      the file of each decision about the contract, as the register has it
  sources/        the documents that the records were taken from, as received
  contract.json   what the register's tables say of the contract
  history.json    what the contract was after each decision, and which decisions are missing
  findings.json   what the checks found, what they read, and what cannot be computed
  edits.json      every edit to each file since it was first published, from the version history
  proof/          which files of the repository these are, and at which commit
  {LIST}      the SHA-256 of every file here

To check that nothing here was changed since, run this in the folder:

  sha256sum --check --strict {LIST}

To check it against a clone of the register's repository, as the archive or as a folder:

  hipss-register verify BUNDLE --repo REPOSITORY --rebuild

The list shows that these files agree with one another. It does not show who made it.
"""
