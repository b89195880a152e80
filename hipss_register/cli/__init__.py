"""The command line. Each command lives in a module of its own, which is loaded only when the command is used."""

from __future__ import annotations

import errno
import importlib
import io
import sys

import click

from hipss_register import __version__

COMMANDS = {
    "check": "hipss_register.cli.check:check",
    "new": "hipss_register.cli.new:new",
    "import": "hipss_register.cli.import_records:import_records",
    "init": "hipss_register.cli.init:init",
    "export": "hipss_register.cli.export:export",
    "verify": "hipss_register.cli.verify:verify",
}
"""Every command, with where it is."""


GROUPS: dict[str, dict[str, str]] = {
    "Write decisions": {
        "new": "Start a decision file: a few questions, and it has the right name.",
        "import": "Make drafts of published records: Word, PDF, web pages, text.",
    },
    "Look after them": {
        "check": "Say what is wrong in the files, and what the records leave open.",
    },
    "Pass them on": {
        "export": "Write the register's data: JSON, CSV and the other formats.",
        "verify": "Check that a published register is the one that its files make.",
    },
    "Begin": {
        "init": "Start a register for another council.",
    },
}
"""The commands as the help lists them: by what one wants to do, each with what it does."""

EXAMPLES = (
    ("hipss-register new", "answer a few questions"),
    ("hipss-register import record.docx", "make a draft of a published record"),
    ("hipss-register check", "see whether all is well"),
    ("hipss-register import --help", "every option of a command"),
)


class _Commands(click.Group):
    """Finds commands in the table above, and lists them by what they are for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the help."""
        return [name for group in GROUPS.values() for name in group]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was asked for; for a slip of the pen, say which was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from hipss_register.model.refusal import did_you_mean

            hint = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f"{error.message} {hint[:1].upper()}{hint[1:]}".rstrip(), ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by groups, then examples; no command has to be loaded for that."""
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl(list(commands.items()), col_max=8)
        with formatter.section("Examples"):
            formatter.write_dl(EXAMPLES, col_max=36)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the system refuses to read or to write is told in one line, whichever command asks."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read what was printed has enough
                raise
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}this cannot be read or written: {error.strerror or error}") from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Completion in your shell, and every command at length: docs/commands.md.",
)
@click.version_option(__version__, prog_name="hipss-register")
def main() -> None:
    """Keep a register of a council's decisions: write, check, import, export and verify."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every letter: better a question mark than no message.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
