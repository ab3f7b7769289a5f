"""The `grader` command: one file a command, each loaded when it is called."""

from __future__ import annotations

import gc
import importlib
import io
import logging
import sys

import click

from grader import __version__
from grader.errors import GraderError

COMMANDS = {
    "adjust": "Give or take points, with a reason.",
    "check": "Check your own notebook or module against the public cases.",
    "ci": "Write what GitHub, GitLab and Gradescope need to check or grade on every push.",
    "collect": "Tell whose every file under a folder or archive is, without grading.",
    "comment": "Add a sentence to a student's page.",
    "doctor": "Tell what this machine can do, and how to mend what is missing.",
    "export": "Write results in the formats of CI, Gradescope, Canvas and Moodle.",
    "grade": "Grade every submission under a folder or archive.",
    "history": "Tell what happened to a student's scores, and by whom.",
    "init": "Begin a course of your own.",
    "list": "List the course's assignments and their exercises.",
    "publish": "Make the scores known, as they stand, under an id.",
    "regrade": "Grade everything again after a check was mended, and tell what moved.",
    "release": "Make the students' starter from the reference.",
    "report": "Write the reports again from the gradebook, or without names to share them.",
    "validate": "Prove an assignment: reference, starter, mutants, right variants.",
}


class _Lazy(click.Group):
    """Imports a command's file when it is needed, so that none pays for another's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        # What is imported stays: to look for garbage in it, now and later, is time for nothing.
        gc.disable()
        try:
            module = importlib.import_module(f"grader.cli.{cmd_name}_command")
            gc.freeze()
        except ModuleNotFoundError as error:
            if (error.name or "grader").partition(".")[0] == "grader":
                raise
            message = f"`grader {cmd_name}` needs {error.name}: pip install 'backprop-grader[grade]'"
            raise click.UsageError(message) from error
        finally:
            gc.enable()
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
@click.option("--debug", is_flag=True, help="Show tracebacks of our own faults.")
@click.pass_context
def root(ctx: click.Context, debug: bool) -> None:
    """Grade hand-written forward and backward passes.

    Example: grader grade layers submissions/ -o reports/layers
    """
    ctx.obj = debug
    logging.basicConfig(level=logging.DEBUG if debug else logging.CRITICAL, format="%(name)s: %(message)s")


def main() -> None:
    """Runs the command; ends the process with the exit code that DESIGN promises: 0, 1, 2, 3 or 130."""
    for stream in (sys.stdout, sys.stderr):
        # A console may know few characters (GBK, ASCII); what it lacks is shown as an escape.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """The exit code of a command line. Errors are told in one line, without a traceback."""
    debug = "--debug" in args
    try:
        code = root.main(args, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Abort:
        return _told("interrupted", 130)
    except KeyboardInterrupt:
        return _told("interrupted", 130)
    except click.ClickException as error:
        error.show()
        return 2
    except GraderError as error:
        return _told(str(error), error.exit_code, debug)
    except OSError as error:
        return _told(
            f"{error.strerror or error}: {error.filename}" if error.filename else str(error), 3, debug
        )
    except Exception as error:
        text = f"This is our fault: {type(error).__name__}: {error} (run again with `grader --debug ...`)"
        return _told(text, 3, debug)


def _told(text: str, code: int, debug: bool = False) -> int:
    if debug:
        logging.getLogger("grader").exception("the error in full")
    click.echo(f"grader: {text}", err=True)
    return code
