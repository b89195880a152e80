"""``hipss-register verify``: whether a copy of a site is what was published."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from hipss_register.problems import printable
from hipss_register.proof.copies import Copy, NoCopy, open_copy
from hipss_register.proof.rebuild import NotBuilt, build_again
from hipss_register.proof.records import PATH, NoProof, read_making
from hipss_register.proof.verify import REBUILT_PROOF, SIGNATURE_PROOF, Outcome, Proof
from hipss_register.proof.verify import verify as try_proofs
from hipss_register.site.addresses import bundle_archive

_MOST_DETAILS = 100


@click.command(
    epilog="""\b
Examples:
  hipss-register verify site/
  hipss-register verify site.zip --repo . --rebuild
  hipss-register verify parks-bundle.zip --repo .
"""
)
@click.argument("copy", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--repo",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A clone of the repository that the site is made from.",
)
@click.option(
    "--signers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of the signers that you trust, as ssh-keygen reads it.",
)
@click.option("--rebuild", is_flag=True, help="Build the site again from the repository, and compare every byte.")
def verify(copy: Path, repo: Path | None, signers: Path | None, rebuild: bool) -> None:
    """Say whether COPY is what was published: a folder or archive (ZIP or tar) of a site, or an audit bundle.

    Each proof is tried and told in plain words: what it came to, what it shows, and what it does not show.

    The command ends with 0 if no proof fails, with 1 if one does, and with 2 if it was called wrongly.
    """
    if rebuild and repo is None:
        raise click.UsageError("--rebuild needs --repo")
    try:
        opened = open_copy(copy)
        with tempfile.TemporaryDirectory() as scratch:
            again = open_copy(_again(opened, repo, Path(scratch))) if rebuild and repo else None
            proofs = try_proofs(opened, repo, signers, again)
    except (NoCopy, NotBuilt, NoProof) as error:
        raise click.UsageError(str(error)) from None
    click.echo("\n".join(_say(proof) for proof in proofs))
    click.echo(_verdict(proofs))
    if any(proof.outcome is Outcome.FAILS for proof in proofs):
        raise SystemExit(1)


def _again(copy: Copy, repo: Path, scratch: Path) -> Path:
    raw = copy.read(PATH)
    making = read_making(raw) if raw is not None else None
    if making is None or not making.commit:
        raise NotBuilt("the copy does not say which commit it was built from")
    site = build_again(repo, making.commit, scratch)
    if not making.contract:
        return site
    bundle = site / bundle_archive(making.contract)
    if not bundle.is_file():
        raise NotBuilt(f"the site of that commit has no bundle of the contract {making.contract}")
    return bundle


def _say(proof: Proof) -> str:
    lines = [f"{proof.name}: {proof.outcome}. {printable(proof.said)[:1].upper()}{printable(proof.said)[1:]}."]
    lines += [f"  {printable(words)}" for words in proof.details[:_MOST_DETAILS]]
    if len(proof.details) > _MOST_DETAILS:
        lines.append(f"  and {len(proof.details) - _MOST_DETAILS:,} more")
    if proof.outcome is Outcome.HOLDS and proof.shows:
        lines.append(f"  It shows: {proof.shows}")
    if proof.not_shown:
        lines.append(f"  It does not show: {proof.not_shown}")
    return "\n".join(lines) + "\n"


def _verdict(proofs: Sequence[Proof]) -> str:
    outcomes = Counter(proof.outcome for proof in proofs)
    if outcomes[Outcome.FAILS]:
        return "This copy is NOT what was published, or something has happened to what it was made from. See above."
    if not outcomes[Outcome.HOLDS]:
        return "Nothing could be proved either way."
    untold = outcomes[Outcome.CANNOT]
    said = f"No proof fails; {untold} cannot be told." if untold else "No proof fails."
    held = {proof.name for proof in proofs if proof.outcome is Outcome.HOLDS}
    if held & {SIGNATURE_PROOF, REBUILT_PROOF}:
        return said
    return f"{said} A file that was changed together with the list may not be found without --repo and --rebuild."
