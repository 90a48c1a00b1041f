"""The command line: parse, call the pipeline, print the report."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Sequence
from typing import NoReturn

from geomap import __version__, commands
from geomap.commands.messages import format_error, say
from geomap.desk.command import COMMAND as DESK
from geomap.model.records import GeomapError, InputError, is_memory_short, name_refusal
from geomap.text.visible import shorten

DONE, OUR_ERROR, WRONG_USAGE, FINDINGS = 0, 1, 2, 3
COMMANDS = {**commands.COMMANDS, "desk": DESK}
log = logging.getLogger("geomap")


def main(words: Sequence[str], program: str = "geomap") -> int:
    """Run one command; return 0 done, 1 our error, 2 wrong usage, 3 done with findings."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character shows its number; the report goes on.
            stream.reconfigure(errors="backslashreplace")
    try:
        chosen = make_parser(program).parse_args(_with_command(list(words)))
    except SystemExit as left:
        return WRONG_USAGE if left.code else DONE
    _log_to_stderr(_level(chosen.verbose, chosen.quiet))
    return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    from pyarrow.lib import ArrowException
    from shapely.errors import GEOSException

    try:
        return COMMANDS[chosen.command].run(chosen)
    except GeomapError as error:
        print(*format_error(chosen.lang, error), sep="\n", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read our report has read enough; the work is done.
        sys.stdout = None
        return DONE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        refusal = InputError(
            f"{where}{error.strerror or error}; check the path and the disk",
            code=name_refusal(error), where=error.filename or "",
            detail="" if error.filename else str(error.strerror or error),
        )  # fmt: skip
        print(*format_error(chosen.lang, refusal), sep="\n", file=sys.stderr)
    except (MemoryError, ArrowException, GEOSException) as error:
        if not is_memory_short(error):
            raise
        refusal = InputError("not enough memory; close other programs", code="memory-short")
        print(*format_error(chosen.lang, refusal), sep="\n", file=sys.stderr)
    except KeyboardInterrupt:
        print(say(chosen.lang, "stopped"), file=sys.stderr)
    return OUR_ERROR


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Return one line; libraries quote the files they read."""
        return shorten(super().format(record))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Exit with the usage; a file's name may be among the words."""
        super().error(shorten(message))


def _log_to_stderr(level: int) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(message)s"))
    logging.basicConfig(handlers=[handler], level=level)
    logging.captureWarnings(True)


def make_parser(program: str) -> argparse.ArgumentParser:
    """Return the parser of all commands; every ``--help`` ends with an example."""
    parser = _Parser(
        prog=program.removeprefix("python "),
        description="Make the map of service stations. Without a command: build.",
        epilog=f"example: {program} build --geodata geodata --out site",
    )
    parser.add_argument("--version", action="version", version=f"geomap {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=command.help,
            description=command.help,
            epilog=f"example: {program} {command.example}",
        )
        sub.add_argument("-v", "--verbose", action="store_true", help="say what is being done")
        sub.add_argument("-q", "--quiet", action="store_true", help="print the report only")
        sub.add_argument(
            "--lang", choices=("zh", "en"), default="zh", help="language of the report"
        )
        command.options(sub)
    return parser


def _with_command(words: list[str]) -> list[str]:
    if words and (words[0] in COMMANDS or words[0] in ("-h", "--help", "--version")):
        return words
    if words and not words[0].startswith("-"):
        return words
    return ["build", *words]


def _level(verbose: bool, quiet: bool) -> int:
    return logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING
