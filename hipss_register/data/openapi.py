"""An OpenAPI 3.1 description of the register's JSON, which is a folder of files and takes no parameters but names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hipss_register.data import paths
from hipss_register.data.documents import FORMAT
from hipss_register.data.files import DataFile, json_bytes
from hipss_register.data.patterns import ID
from hipss_register.data.publication import Publication
from hipss_register.model.base import MOST_ID

Json = dict[str, Any]
_YEAR = "^[0-9]{4}$"

PATHS = (
    ("getRegister", paths.REGISTER, "register-document", "The whole register", "", ""),
    ("getYear", paths.year("{year}"), "year-document", "The decisions of one year", "year", _YEAR),
    ("getDecision", paths.decision("{id}"), "decision-document", "One decision", "id", ID),
    ("getContract", paths.contract("{id}"), "contract-document", "One contract", "id", ID),
    ("getSupplier", paths.supplier("{id}"), "supplier-document", "One supplier", "id", ID),
)
"""Each address: its operation, its path, the schema of its document, what it is, and its parameter with its form."""


def openapi_files(pub: Publication) -> Iterator[DataFile]:
    """The description."""
    media = "application/vnd.oai.openapi+json"
    yield DataFile(paths.OPENAPI, media, "OpenAPI description", lambda: (json_bytes(description(pub)),), listed=True)


def description(pub: Publication) -> Json:
    """The description of one register's JSON. Schemas are the files beside it."""
    info: Json = {
        "title": pub.settings.site_name,
        "version": FORMAT,
        "summary": "Decisions, the contracts that they made and changed, and how they are linked.",
        "description": "Every address is a file: there is nothing to sign in to, and no limit but the server's own.",
    }
    if pub.settings.licence:
        info["license"] = {"name": pub.settings.licence}
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": pub.settings.site_url.rstrip("/") or "/"}],
        "paths": {
            f"/{path}": {"get": _operation(name, schema, what, parameter, form)}
            for name, path, schema, what, parameter, form in PATHS
        },
        "components": {
            "schemas": {_component(schema): {"$ref": f"schema/{schema}.json"} for _, _, schema, _, _, _ in PATHS}
        },
    }


def _component(schema: str) -> str:
    return "".join(word.capitalize() for word in schema.split("-"))


def _operation(name: str, schema: str, what: str, parameter: str, form: str) -> Json:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{_component(schema)}"}}}
    responses: Json = {"200": {"description": what, "content": content}}
    if not parameter:
        return {"operationId": name, "summary": what, "responses": responses}
    responses["404"] = {"description": "There is nothing of that name in the register."}
    accepts = {"type": "string", "pattern": form, "maxLength": MOST_ID}
    given = {"name": parameter, "in": "path", "required": True, "schema": accepts}
    return {"operationId": name, "summary": what, "parameters": [given], "responses": responses}
