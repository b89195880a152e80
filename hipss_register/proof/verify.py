"""Whether a copy of a site, or a bundle, is what was published: each proof, what it shows, and what it does not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from hipss_register.proof.bundle import RECORDS
from hipss_register.proof.copies import Copy
from hipss_register.proof.git import GitSilent, raw_blobs, run_git
from hipss_register.proof.records import PATH, Making, NoProof, read_making
from hipss_register.proof.signature import check_signature
from hipss_register.proof.sums import EARLIER, LIST, SIGNATURE, BadList, read_sums
from hipss_register.wording import say_count

SIGNATURE_PROOF = "The signature of the list"
REBUILT_PROOF = "The site built again"


class Outcome(StrEnum):
    """What one proof came to."""

    HOLDS = "holds"
    FAILS = "fails"
    CANNOT = "cannot be told"


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof: its name, what it came to, the details, and what it shows and does not show."""

    name: str
    outcome: Outcome
    said: str
    details: tuple[str, ...] = ()
    shows: str = ""
    not_shown: str = ""


def compare(was: Mapping[str, str], now: Mapping[str, str], against: str) -> tuple[str, ...]:
    """Every file that was changed, removed or added, in words."""
    changed = [f"changed: {path}" for path in was if path in now and now[path] != was[path]]
    removed = [f"removed: {path} is in {against} and not in the copy" for path in was if path not in now]
    added = [f"added: {path} is in the copy and not in {against}" for path in now if path not in was]
    return (*changed, *removed, *added)


def _differ(details: Sequence[str]) -> str:
    return f"{len(details):,} {'differs' if len(details) == 1 else 'differ'}"


def verify(
    copy: Copy, repo: Path | None = None, signers: Path | None = None, rebuilt: Copy | None = None
) -> list[Proof]:
    """Every proof that can be tried on a copy; ``rebuilt`` is the same site built again from the repository."""
    proofs = [_by_list(copy), _by_signature(copy, signers)]
    if repo is not None:
        proofs += _by_repository(copy, repo)
    proofs.append(_by_rebuild(copy, rebuilt))
    return proofs


def _by_list(copy: Copy) -> Proof:
    name = "The list in the copy"
    raw = copy.read(LIST)
    if raw is None:
        return Proof(
            name, Outcome.FAILS, f"removed: the copy has no {LIST}, so nothing says which files it should have"
        )
    try:
        was = read_sums(raw.decode("utf-8", "surrogateescape"))
    except BadList as bad:
        return Proof(name, Outcome.FAILS, str(bad))
    details = compare(was, copy.sums, "the list")
    said = f"{say_count(len(was), 'file')} in the list; " + ("all are as listed" if not details else _differ(details))
    return Proof(
        name,
        Outcome.FAILS if details else Outcome.HOLDS,
        said,
        details,
        "The files agree with the list that came with them. Nothing was damaged, put in or left out by itself.",
        "Who made the list. Whoever changes a page can change the list too.",
    )


def _by_signature(copy: Copy, signers: Path | None) -> Proof:
    name = SIGNATURE_PROOF
    text, signature = copy.read(LIST), copy.read(SIGNATURE)
    if text is None or signature is None:
        lacks = LIST if text is None else SIGNATURE
        outcome = Outcome.FAILS if signers else Outcome.CANNOT
        return Proof(name, outcome, f"the copy has no {lacks}", not_shown="Who published this copy.")
    found = check_signature(text, signature, signers)
    if found is None:
        return Proof(name, Outcome.CANNOT, "ssh-keygen is not installed here")
    if not found.good:
        return Proof(name, Outcome.FAILS, f"it does not hold: {found.why}")
    if not found.by:
        said = "it is of this list, but by a key that you have not said you trust"
        return Proof(name, Outcome.CANNOT, said, not_shown="Whose key it is. Give the signers that you trust.")
    return Proof(
        name,
        Outcome.HOLDS,
        f"it is of this list, by {found.by}",
        shows="Whoever holds that key signed exactly this list.",
        not_shown="When it was signed, and that the key was not stolen.",
    )


def _by_repository(copy: Copy, repo: Path) -> Iterator[Proof]:
    raw = copy.read(PATH)
    if raw is None:
        yield Proof("The repository", Outcome.CANNOT, f"the copy has no {PATH}, so it does not say how it was made")
        return
    try:
        making = read_making(raw)
    except NoProof as bad:
        yield Proof("The repository", Outcome.FAILS, str(bad))
        return
    yield _by_history(making, repo)
    yield _by_records(copy, making, repo)
    if not making.contract:
        yield _by_earlier_lists(copy, repo)


def _by_history(making: Making, repo: Path) -> Proof:
    name = "The history in the repository"
    if not making.commit:
        return Proof(name, Outcome.CANNOT, "the copy was built without a version history")
    shows = "Nothing that this copy was made from was taken out of the history since: later commits only add to it."
    not_shown = "That the dates in the history are true, or that what was written in it was right."
    try:
        shallow = run_git(repo, "rev-parse", "--is-shallow-repository").strip() == b"true"
        run_git(repo, "rev-parse", "--verify", "--quiet", "HEAD")
    except GitSilent as silent:
        return Proof(name, Outcome.CANNOT, str(silent))
    try:
        run_git(repo, "merge-base", "--is-ancestor", making.commit, "HEAD")
    except GitSilent:
        said = f"the commit {making.commit[:12]} that the copy was built from is not part of the repository’s history"
        if shallow:
            return Proof(name, Outcome.CANNOT, f"{said}, of which only the latest part is here")
        details = ("rewritten: the history was changed after this copy was made, or it is another repository",)
        return Proof(name, Outcome.FAILS, said, details)
    return Proof(
        name, Outcome.HOLDS, f"it contains {making.commit[:12]}, which the copy was built from", (), shows, not_shown
    )


def _by_records(copy: Copy, making: Making, repo: Path) -> Proof:
    name = "The records in the repository"
    if not making.commit:
        return Proof(name, Outcome.CANNOT, "the copy does not say which commit it was built from")
    try:
        now = _sums_at(repo, making)
    except GitSilent:
        return Proof(name, Outcome.CANNOT, f"the repository does not have the commit {making.commit[:12]}")
    was = _bundled(copy, making) if making.contract else making.files
    against = "the bundle" if making.contract else "the copy’s own account"
    details = compare(was, now, against) if now else ("removed: there are no records there",)
    details = tuple(words.replace("in the copy", "in the repository") for words in details)
    return Proof(
        name,
        Outcome.FAILS if details else Outcome.HOLDS,
        f"{say_count(len(was), 'record, table or document', 'records, tables and documents')} at that commit; "
        + ("all are as the copy says" if not details else _differ(details)),
        details,
        "The copy was made from these very files.",
        "That the bundle has every record of the contract, and that all else in it comes from them; building it again "
        "shows that."
        if making.contract
        else "That the pages say what the files say; building the site again shows that.",
    )


def _bundled(copy: Copy, making: Making) -> dict[str, str]:
    """The SHA-256 of every record and document in a bundle, by its path in the decisions folder."""
    inner = {f"{RECORDS}/{PurePosixPath(path).stem}.yaml": path for path in making.files if _is_read(path)}
    theirs = (f"{RECORDS}/", "sources/")
    return {inner.get(path, path): made for path, made in copy.sums.items() if path.startswith(theirs)}


def _sums_at(repo: Path, making: Making) -> dict[str, str]:
    """The SHA-256 of every record, table and named document in the decisions folder, as the commit has it.

    For a bundle, of those that it says it was made from.
    """
    folder = making.folder.strip("/")
    raw = run_git(repo, "ls-tree", "-r", "-z", "--full-tree", making.commit, "--", f"{folder}/")
    blobs: dict[str, str] = {}
    for line in raw.decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = line.partition("\t")
        inner = path.removeprefix(f"{folder}/")
        if inner in making.files or (not making.contract and _is_read(inner)):
            blobs[inner] = about.split(" ")[-1]
    sums = {blob: hashlib.sha256(content).hexdigest() for blob, content in raw_blobs(repo, blobs.values())}
    return {inner: sums[blob] for inner, blob in blobs.items() if blob in sums}


def _is_read(path: str) -> bool:
    return path.endswith((".yaml", ".yml")) and not path.startswith("sources/")


def _by_earlier_lists(copy: Copy, repo: Path) -> Proof:
    name = "Earlier lists"
    kept = {f"{EARLIER}/{file.name}": file for file in sorted((repo / EARLIER).glob("*.txt"))}
    carried = {path: made for path, made in copy.sums.items() if path.startswith(f"{EARLIER}/")}
    if not kept and not carried:
        return Proof(name, Outcome.CANNOT, "no earlier list is kept")
    there = {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in kept.items()}
    text = copy.read(LIST)
    own = hashlib.sha256(text).hexdigest() if text is not None else ""
    is_kept = own in there.values()
    details = [words for words in compare(carried, there, "the copy") if not words.startswith("added")]
    details = [words.replace("is in the copy and not in the copy", "is not in the repository") for words in details]
    in_repository = "not all" if details else "all"
    said = f"{say_count(len(carried), 'earlier list')} carried forward; {in_repository} are in the repository"
    said += "; the repository also keeps this copy’s own list" if is_kept else ""
    return Proof(
        name,
        Outcome.FAILS if details else Outcome.HOLDS,
        said,
        tuple(details),
        "The lists of earlier editions were not changed since." if carried or is_kept else "",
        "What was published between two lists that were kept.",
    )


def _by_rebuild(copy: Copy, rebuilt: Copy | None) -> Proof:
    name = REBUILT_PROOF
    if rebuilt is None:
        return Proof(name, Outcome.CANNOT, "it was not built again", not_shown="That the pages come from the records.")
    was, now = dict(rebuilt.sums), dict(copy.sums)
    ours, theirs = rebuilt.read(LIST), copy.read(LIST)
    if ours is not None and theirs is not None:
        was[LIST], now[LIST] = hashlib.sha256(ours).hexdigest(), hashlib.sha256(theirs).hexdigest()
    details = compare(was, now, "the site as built again")
    return Proof(
        name,
        Outcome.FAILS if details else Outcome.HOLDS,
        f"{say_count(len(was), 'file')} built; "
        + ("all are the same, byte for byte" if not details else _differ(details)),
        details,
        "Every page, picture and file of the copy comes from the records in the repository, and nothing else.",
        "That the records are right, or that the council’s own papers say the same.",
    )
