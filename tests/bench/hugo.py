"""The same register as a Hugo site: a page for each decision and each contract, and lists of every kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

_BOXES = ("authority", "consultation", "decision", "reasons", "considerations", "interests")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONFIG = """\
baseURL = "https://register.wyeford.example/"
title = "Wyeford register"
languageCode = "en-GB"
paginate = 50
disableKinds = ["RSS"]
timeout = "600s"
[taxonomies]
contract = "contracts"
supplier = "suppliers"
year = "years"
maker = "decision-makers"
ward = "wards"
kind = "kinds"
"""

_BASE = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ .Site.Title }}</title>
<meta name="description" content="{{ with .Params.description }}{{ . }}{{ else }}{{ .Title }}{{ end }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/assets/register.css">
</head>
<body>
<a class="skip" href="#content">Skip to main content</a>
<header><a href="/">{{ .Site.Title }}</a>
<nav aria-label="Main"><ul>
<li><a href="/decisions/">Decisions</a></li><li><a href="/contracts/">Contracts</a></li>
<li><a href="/suppliers/">Suppliers</a></li><li><a href="/years/">Years</a></li>
<li><a href="/decision-makers/">Decision makers</a></li><li><a href="/wards/">Wards</a></li>
<li><a href="/kinds/">Kinds of decision</a></li>
</ul></nav></header>
<main id="content">
{{ block "main" . }}{{ end }}
</main>
<footer><p>Contains public sector information licensed under the Open Government Licence v3.0.</p></footer>
</body>
</html>
"""

_SINGLE = """\
{{ define "main" }}
<nav aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/decisions/">Decisions</a></li></ol></nav>
<h1>{{ .Title }}</h1>
<dl>
<div><dt>Official title</dt><dd>{{ .Params.official }}</dd></div>
<div><dt>Date of decision</dt><dd>{{ .Params.when }}</dd></div>
{{ range $folder := slice "decision-makers" "wards" "suppliers" "contracts" "kinds" }}
{{ range index $.Params $folder }}
<div><dt>{{ $folder }}</dt><dd><a href="/{{ $folder }}/{{ urlize . }}/">{{ . }}</a></dd></div>
{{ end }}{{ end }}
{{ range .Params.facts }}<div><dt>{{ .label }}</dt><dd>{{ .value }}</dd></div>
{{ end }}
</dl>
{{ with .Params.links }}<ul>{{ range . }}{{ with site.GetPage . }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ end }}</ul>{{ end }}
{{ range .Params.contracts }}
<ol class="chain">{{ range (index site.Taxonomies.contracts .).Pages.ByParam "when" }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.when }}</li>
{{ end }}</ol>
{{ end }}
{{ .TableOfContents }}
{{ .Content }}
<p class="cite">{{ .Site.Title }}, ‘{{ .Params.official }}’, {{ .Params.when }}, {{ .Permalink }}</p>
{{ end }}
"""

_LIST = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ $pages := .Paginate .Pages }}
<ul>{{ range $pages.Pages }}
<li><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p>{{ .Params.when }} {{ delimit .Params.kinds ", " }}</p>
<p>{{ delimit (index .Params "decision-makers") ", " }} {{ delimit .Params.contracts ", " }}</p></li>
{{ end }}</ul>
{{ template "_internal/pagination.html" . }}
{{ end }}
"""

_CONTRACT = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ol class="history">{{ range .Pages.ByParam "when" }}
<li><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3><p>{{ .Params.when }}</p>
<dl>{{ range .Params.facts }}<div><dt>{{ .label }}</dt><dd>{{ .value }}</dd></div>{{ end }}</dl></li>
{{ end }}</ol>
{{ end }}
"""

_TERMS = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> ({{ .Count }})</li>
{{ end }}</ul>
{{ end }}
"""

_HOME = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<p>{{ len .Site.RegularPages }} decisions.</p>
<ul>{{ range first 5 (.Site.RegularPages.ByParam "when").Reverse }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
{{ end }}
"""

_LAYOUTS = {
    "_default/baseof.html": _BASE,
    "_default/single.html": _SINGLE,
    "_default/list.html": _LIST,
    "_default/terms.html": _TERMS,
    "contract/term.html": _CONTRACT,
    "index.html": _HOME,
}


def write_site(folder: Path, decisions: list[Path]) -> None:
    """Write a Hugo site of those decision files into a folder."""
    files = {"config.toml": _CONFIG} | {f"layouts/{name}": text for name, text in _LAYOUTS.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    content = folder / "content" / "decisions"
    content.mkdir(parents=True)
    for path in decisions:
        (content / f"{path.stem}.md").write_text(_page(form_of(path)), "utf-8")


def form_of(path: Path) -> dict[str, Any]:
    """The values of a decision file."""
    form: dict[str, Any] = yaml.load(path.read_bytes(), Loader=_LOADER)
    return form


def _page(form: dict[str, Any]) -> str:
    event = form["contracts"][0]
    front = {
        "title": form["summary"],
        "official": form.get("title", form["summary"]),
        "description": form.get("decision", form["summary"]),
        "when": str(form["date"]),
        "years": [str(form["date"])[:4]],
        "kinds": [form["kind"]] if "kind" in form else [],
        "decision-makers": [form["decision_maker"]] if "decision_maker" in form else [],
        "wards": _many(form.get("wards", [])),
        "contracts": [event["contract"]],
        "suppliers": _many(event.get("suppliers", [])),
        "facts": [{"label": key, "value": str(value)} for key, value in event.items() if key != "contract"],
        "links": [f"/decisions/{target}" for target in form.get("links", {}).values()],
    }
    return json.dumps(front, ensure_ascii=False, indent=1) + "\n\n" + body_of(form)


def body_of(form: dict[str, Any]) -> str:
    """The boxes of a record's form as Markdown."""
    parts = [f"## {name.capitalize()}\n\n{form[name]}\n" for name in _BOXES if name in form]
    parts += ["## Alternatives\n", *(f"- {text}" for text in form.get("alternatives", ()))]
    return "\n".join(parts).replace("•", "-") + "\n"


def _many(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
