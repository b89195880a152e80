"""Random edits of a register's files, as webmasters make them: most of them sound, some of them not."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

from tests.corpus import corpus

SHAPES = Path(__file__).parent / "shapes"

Texts = dict[str, str]


def mixed_register(decisions: int) -> Texts:
    """A made-up register beside one that has the shapes of published records, by path below the decisions folder."""
    texts = dict(corpus(decisions))
    for file in sorted(SHAPES.rglob("*.yaml")):
        name = file.relative_to(SHAPES).as_posix()
        texts[name] = texts.get(name, "") + file.read_text("utf-8")
    return texts


def edited(texts: Texts, rng: random.Random) -> Texts:
    """The register after one random edit."""
    edit = rng.choice((_reword, _copy_field, _copy_field, _drop_field, _remove, _add, _add, _edit_table, _end_lines))
    changed = dict(texts)
    edit(changed, rng)
    return changed


def _records(texts: Texts) -> list[str]:
    return sorted(name for name in texts if not name.startswith("tables/"))


def _load(texts: Texts, name: str) -> dict[str, Any]:
    return dict(yaml.load(texts[name], yaml.BaseLoader))


def _dump(texts: Texts, name: str, data: dict[str, Any]) -> None:
    texts[name] = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def _reword(texts: Texts, rng: random.Random) -> None:
    name = rng.choice(_records(texts))
    data = _load(texts, name)
    _dump(texts, name, data | {rng.choice(("summary", "title", "kind")): rng.choice(("Another", "A word", "Lighting"))})


def _copy_field(texts: Texts, rng: random.Random) -> None:
    name, other = rng.choice(_records(texts)), rng.choice(_records(texts))
    field = rng.choice(list(_load(texts, other)))
    _dump(texts, name, _load(texts, name) | {field: _load(texts, other)[field]})


def _drop_field(texts: Texts, rng: random.Random) -> None:
    name = rng.choice(_records(texts))
    data = _load(texts, name)
    data.pop(rng.choice(list(data)))
    _dump(texts, name, data)


def _remove(texts: Texts, rng: random.Random) -> None:
    texts.pop(rng.choice(_records(texts)))


def _add(texts: Texts, rng: random.Random) -> None:
    name = rng.choice(_records(texts))
    date = f"{rng.randint(2008, 2026)}-{rng.randint(1, 12):02}"
    data = _load(texts, name) | {"date": date}
    data.pop("aliases", None)
    _dump(texts, f"{date}-added-{rng.randint(1, 999)}.yaml", data)


def _end_lines(texts: Texts, rng: random.Random) -> None:
    """What another editor does: it says the same in other bytes."""
    name = rng.choice(_records(texts))
    texts[name] = texts[name].replace("\n", "\r\n") if "\r" not in texts[name] else texts[name].replace("\r", "")


def _edit_table(texts: Texts, rng: random.Random) -> None:
    name = rng.choice(sorted(name for name in texts if name.startswith("tables/")))
    data = _load(texts, name)
    key, other = rng.choice(list(data)), rng.choice(list(data))
    entry = data[key] if isinstance(data[key], dict) else {"name": data[key]}
    changes: list[dict[str, Any]] = [
        {"name": "Renamed"},
        {"short": "Short"},
        {"framework": other},
        {"follows": {"contract": other}},
        {"also": "Old name"},
    ]
    if rng.random() < 0.2:
        data.pop(key)
    else:
        data[key] = entry | rng.choice(changes)
    _dump(texts, name, data)
