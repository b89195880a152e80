"""The command `new`: a valid file with the right name, from options or from a few questions."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hipss_register.build import make_edition
from hipss_register.cli import main

NEEDED = ("--title", "A longer HIPSS", "--date", "2024-02-01", "--maker", "Cabinet", "--decision", "To extend it.")


@pytest.fixture
def folder(tmp_path: Path, founding: Path) -> Path:
    """A copy of the founding records, as a register of its own."""
    root = tmp_path / "decisions"
    shutil.copytree(founding, root)
    return root


def run(folder: Path, *arguments: str, answers: list[str] | None = None) -> Result:
    given = "\n".join([*(answers or ()), ""])
    return CliRunner().invoke(main, ["new", *arguments, "--decisions", str(folder)], input=given)


def added(folder: Path, founding: Path) -> Path:
    (path,) = {p for p in folder.glob("*.yaml") if not (founding / p.name).exists()}
    return path


def test_from_options(folder: Path, founding: Path) -> None:
    result = run(folder, *NEEDED)
    assert result.exit_code == 0
    path = added(folder, founding)
    assert path.name == "2024-02-01-longer-hipss.yaml"
    assert "add what else the record has (summary, kind, authority, wards, consultation, reasons, " in result.output
    assert path.read_text("utf-8") == (
        "# yaml-language-server: $schema=.schema/decision.json\n"
        "title: A longer HIPSS\ndate: 2024-02-01\ndecision_maker: Cabinet\ndecision: To extend it.\n"
    )
    assert make_edition(folder, "decisions").problems == make_edition(founding, "decisions").problems


def test_about_a_contract_and_the_decision_that_it_changes(folder: Path, founding: Path) -> None:
    about = ("--contract", "HIPSS", "--event", "extension", "--changes", "2022-11-17-hipss-variation")
    result = run(folder, *NEEDED, *about)
    assert result.exit_code == 0
    assert "source; for the contract its term and its sums)" in result.output
    text = added(folder, founding).read_text("utf-8")
    assert "contracts:\n  - contract: hipss\n    event: extension\n" in text
    assert "links:\n  extends: 2022-11-17-hipss-variation\n" in text
    assert make_edition(folder, "decisions").errors == 0


def test_asks_for_what_is_not_given_and_asks_again(folder: Path, founding: Path) -> None:
    answers = ["A longer HIPSS", "1/2/2024", "2024-02-01", "Service Director All Age Commission", "y", "To vary it."]
    answers += ["hips", "hipss", "variation", "2018-01-hipss-award"]
    result = run(folder, answers=answers)
    assert result.exit_code == 0, result.output
    assert "did you mean 2024-02-01?" in result.output
    assert "The register has “Service Director All Age Commissioning”. Is it the same?" in result.output
    assert "did you mean hipss?" in result.output
    text = added(folder, founding).read_text("utf-8")
    assert "decision_maker: Service Director All Age Commissioning\n" in text
    assert "  varies: 2018-01-hipss-award\n" in text


def test_enter_leaves_out_the_contract(folder: Path, founding: Path) -> None:
    assert run(folder, answers=["A lease", "2024", "Cabinet", "To let it.", ""]).exit_code == 0
    assert "contracts" not in added(folder, founding).read_text("utf-8")


def test_an_award_asks_for_the_supplier(folder: Path, founding: Path) -> None:
    answers = ["An award", "2024", "Cabinet", "To award it.", "hipss", "award", "Action for Children"]
    result = run(folder, answers=answers)
    assert result.exit_code == 0, result.output
    assert "    suppliers: action-for-children\n" in added(folder, founding).read_text("utf-8")


def test_a_name_near_to_a_known_one_is_pointed_out(folder: Path) -> None:
    result = run(folder, *[("Cabinett" if word == "Cabinet" else word) for word in NEEDED])
    assert result.exit_code == 0
    assert "Note: the register has “Cabinet”, which is near to “Cabinett”." in result.stderr


def test_never_writes_over_a_file(folder: Path, founding: Path) -> None:
    run(folder, *NEEDED)
    run(folder, *NEEDED)
    names = sorted(p.name for p in folder.glob("*.yaml") if not (founding / p.name).exists())
    assert names == ["2024-02-01-longer-hipss-2.yaml", "2024-02-01-longer-hipss.yaml"]


def test_what_is_only_doubtful_is_written_and_told(folder: Path, founding: Path) -> None:
    result = run(folder, *NEEDED, "--contract", "hipss", "--event", "extension")
    assert result.exit_code == 0
    assert "MISSING-LINK this “extension” names no earlier decision that it changes" in result.stderr
    assert "event: extension" in added(folder, founding).read_text("utf-8")


def test_what_the_words_suggest_is_offered_and_enter_takes_it(folder: Path, founding: Path) -> None:
    answers = ["HIPSS for longer", "2024-02-01", "Cabinet", "To extend HIPSS by a year.", "", "", ""]
    result = run(folder, answers=answers)
    assert result.exit_code == 0, result.output
    assert "The register has: Service Director All Age Commissioning; " in result.output
    assert "Which contract is it about? (- for none) [hipss]" in result.output
    text = added(folder, founding).read_text("utf-8")
    assert "contracts:\n  - contract: hipss\n    event: extension\n" in text
    assert "links:\n  extends: 2022-11-17-hipss-variation\n" in text


def test_what_the_words_suggest_can_be_declined(folder: Path, founding: Path) -> None:
    answers = ["HIPSS for longer", "2024-02-01", "Cabinet", "To extend HIPSS by a year.", "-"]
    assert run(folder, answers=answers).exit_code == 0
    assert "contracts" not in added(folder, founding).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--date", "1/2/2024"), "did you mean 2024-02-01?"),
        (("--contract", "hips", "--event", "extension"), "there is no contract “hips”"),
        (("--contract", "meals", "--event", "extension"), "add it to tables/contracts.yaml first, as in meals: meals"),
        (("--contract", "hipss", "--event", "award", "--supplier", "Action for Childern"), "mean action-for-children?"),
        (("--event", "award"), "say with --contract which contract it is"),
        (("--changes", "2018-01-hipss-awards", "--link", "cites"), "did you mean 2018-01-hipss-award?"),
        (("--changes", "2018-01-hipss-award"), "say with --link how it changes 2018-01-hipss-award"),
        (("--date", "2016", "--changes", "2018-01-hipss-award", "--link", "cites"), "LINK-BACKWARDS"),
        (("--contract", "intensive", "--event", "extension"), "did you mean hipss?"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(
    folder: Path, founding: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(folder, *NEEDED, *arguments)
    assert result.exit_code != 0
    assert said in result.stderr
    assert sorted(p.name for p in folder.glob("*.yaml")) == sorted(p.name for p in founding.glob("*.yaml"))


UNREAD = [
    # what is wrong with a table, in which file, and how it is told
    ("suppliers", "a: [\n", "suppliers.yaml", "suppliers.yaml:2: BAD-YAML"),
    ("contracts", "a:\n\tname: A\n", "contracts.yaml", "contracts.yaml:2: TAB"),
    ("contracts", "a: A\n", "contract.yaml", "contract.yaml:1: MISNAMED-TABLE there is no such table (did you mean"),
]


@pytest.mark.parametrize(("table", "text", "name", "told"), UNREAD, ids=lambda value: ascii(value)[:20])
def test_a_table_that_cannot_be_read_is_told_with_its_place_and_nothing_is_made_up(
    folder: Path, founding: Path, table: str, text: str, name: str, told: str
) -> None:
    (folder / "tables" / f"{table}.yaml").unlink()
    (folder / "tables" / name).write_text(text)
    result = run(folder, *NEEDED)
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1), result.output
    assert f"{folder.as_posix()}/tables/{told}" in result.stderr
    added(folder, founding).unlink()
    about = ("--contract", "hipss", "--event", "award", "--supplier", "action-for-children")
    result = run(folder, *NEEDED, *about)
    assert result.exit_code == 1
    assert f"the table of {table} cannot be read" in result.stderr


def test_a_decision_whose_file_cannot_be_read_can_be_changed(folder: Path, founding: Path) -> None:
    (folder / "2022-11-17-hipss-variation.yaml").write_text("title: [\n")
    about = ("--contract", "hipss", "--event", "extension", "--changes", "2022-11-17-hipss-variation")
    result = run(folder, *NEEDED, *about)
    assert result.exit_code == 0, result.output
    assert "extends: 2022-11-17-hipss-variation" in added(folder, founding).read_text("utf-8")


def test_the_copy_of_the_schema_is_named_for_editors(folder: Path, founding: Path) -> None:
    run(folder, *NEEDED)
    first = added(folder, founding).read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=.schema/decision.json"


def test_without_a_copy_the_schema_of_the_site_is_named(folder: Path, founding: Path) -> None:
    shutil.rmtree(folder / ".schema")
    (folder.parent / "mkdocs.yml").write_text("site_url: https://register.example/r\n", encoding="utf-8")
    run(folder, *NEEDED)
    first = added(folder, founding).read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=https://register.example/r/data/schema/decision.json"
