"""Releases merged into one, as the standard lays down (https://standard.open-contracting.org/1.1/en/schema/merging/)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]
Put = Callable[[Json, str, Any], None]

OMITTED = ("id", "date", "tag")
WHOLE_LISTS = ("additionalIdentifiers",)
"""Of the lists of objects that our releases have, those that the schema says are replaced as a whole."""


def compiled(releases: Iterable[Json]) -> Json:
    """The latest value of every field. The releases come in the order of their dates."""
    merged: Json = {"tag": ["compiled"]}
    for release in releases:
        merged |= {"id": f"{release['ocid']}-{release['date']}", "date": release["date"]}
        _merge(merged, _without_omitted(release), dict.__setitem__)
    return merged


def versioned(releases: Iterable[Json]) -> Json:
    """Every value that each field has had, with the release that set it."""
    merged: Json = {}
    for release in releases:
        merged["ocid"] = release["ocid"]
        given = {key: value for key, value in _without_omitted(release).items() if key != "ocid"}
        _merge(merged, given, _versions_of(release))
    return merged


def _without_omitted(release: Json) -> Json:
    return {key: value for key, value in release.items() if key not in OMITTED}


def _versions_of(release: Json) -> Put:
    stamp = {"releaseID": release["id"], "releaseDate": release["date"], "releaseTag": release["tag"]}

    def put(node: Json, key: str, value: Any) -> None:
        versions = node.setdefault(key, [])
        if not versions or versions[-1]["value"] != value:
            versions.append({**stamp, "value": value})

    return put


def _merge(node: Json, given: Json, put: Put) -> None:
    for key, value in given.items():
        if isinstance(value, dict):
            _merge(node.setdefault(key, {}), value, put)
        elif key not in WHOLE_LISTS and isinstance(value, list) and all(isinstance(item, dict) for item in value):
            _merge_list(node.setdefault(key, []), value, put)
        else:
            put(node, key, value)


def _merge_list(items: list[Json], given: list[Json], put: Put) -> None:
    """Objects of a list are the same if they have the same id, which is never versioned."""
    by_id = {item["id"]: item for item in items}
    for item in given:
        if item["id"] not in by_id:
            by_id[item["id"]] = {"id": item["id"]}
            items.append(by_id[item["id"]])
        _merge(by_id[item["id"]], {key: value for key, value in item.items() if key != "id"}, put)
