"""Releases merged into one, as the standard lays down (https://standard.open-contracting.org/1.1/en/schema/merging/)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

Json = dict[str, Any]
Put = Callable[[Json, str, Any], None]

_OMITTED = ("id", "date", "tag")
_NEVER_VERSIONED = (*_OMITTED, "ocid")
_ID = ("id",)
WHOLE_LISTS = ("additionalIdentifiers",)
"""Of the lists of objects that our releases have, those that the schema says are replaced as a whole."""


def compiled(releases: Iterable[Json]) -> Json:
    """The latest value of every field. The releases come in the order of their dates."""
    merged: Json = {"tag": ["compiled"]}
    for release in releases:
        merged["id"], merged["date"] = f"{release['ocid']}-{release['date']}", release["date"]
        _merge(merged, release, dict.__setitem__, _OMITTED)
    return merged


def versioned(releases: Iterable[Json]) -> Json:
    """Every value that each field has had, with the release that set it."""
    merged: Json = {}
    for release in releases:
        merged["ocid"] = release["ocid"]
        _merge(merged, release, _versions_of(release), _NEVER_VERSIONED)
    return merged


def _versions_of(release: Json) -> Put:
    stamp = {"releaseID": release["id"], "releaseDate": release["date"], "releaseTag": release["tag"]}

    def put(node: Json, key: str, value: Any) -> None:
        versions = node.setdefault(key, [])
        if not versions or versions[-1]["value"] != value:
            versions.append({**stamp, "value": value})

    return put


def _merge(node: Json, given: Json, put: Put, omitted: Container[str] = ()) -> None:
    for key, value in given.items():
        if key in omitted:
            continue
        kind = type(value)
        if kind is dict:
            _merge(node.setdefault(key, {}), value, put)
        elif kind is list and value and type(value[0]) is dict and key not in WHOLE_LISTS:
            _merge_list(node.setdefault(key, []), value, put)
        else:
            put(node, key, value)


def _merge_list(items: list[Json], given: list[Json], put: Put) -> None:
    """Objects of a list are the same if they have the same id, which is never versioned."""
    by_id = {item["id"]: item for item in items}
    for item in given:
        known = by_id.get(item["id"])
        if known is None:
            known = by_id[item["id"]] = {"id": item["id"]}
            items.append(known)
        _merge(known, item, put, _ID)
