"""Signatures of a site's list, by SSH keys: made and checked by ``ssh-keygen -Y``, which most computers have."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hipss_register.proof.sums import LIST, SIGNATURE

NAMESPACE = "hipss-register"
_SECONDS = 60


class NotSigned(RuntimeError):
    """A signature could not be made; the message is one line."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What can be said of a signature: whether it is of this list, and whose it is. ``by`` is empty if not known."""

    good: bool
    by: str = ""
    why: str = ""


def sign(site: Path, key: Path) -> Path:
    """Sign a site's list with an SSH key; raises `NotSigned`."""
    (site / SIGNATURE).unlink(missing_ok=True)
    done = _keygen(["-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), str(site / LIST)], b"")
    if done is None or done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip() if done else "ssh-keygen is not installed"
        raise NotSigned(f"{LIST} could not be signed: {why.splitlines()[0] if why else 'no reason given'}")
    return site / SIGNATURE


def check_signature(text: bytes, signature: bytes, signers: Path | None = None) -> Signature | None:
    """Check the signature of a list; None if there is no ssh-keygen.

    ``signers`` is a file of allowed signers (see ``man ssh-keygen``). Without one, the signature can be of this list by
    a key that nobody vouches for.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, SIGNATURE)
        file.write_bytes(signature)
        if signers is None:
            done = _keygen(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(file)], text)
            return None if done is None else Signature(done.returncode == 0, "", "it is not a signature of this list")
        found = _keygen(["-Y", "find-principals", "-s", str(file), "-f", str(signers)], b"")
        if found is None:
            return None
        names = found.stdout.decode("utf-8", "replace").split("\n") if found.returncode == 0 else []
        if not (names and names[0]):
            return Signature(False, "", "its key is not one of the signers given")
        command = ["-Y", "verify", "-f", str(signers), "-I", names[0], "-n", NAMESPACE, "-s", str(file)]
        done = _keygen(command, text)
        return None if done is None else Signature(done.returncode == 0, names[0], "it is not a signature of this list")


def _keygen(arguments: list[str], given: bytes) -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments], input=given, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
