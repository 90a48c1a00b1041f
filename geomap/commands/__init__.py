"""The commands, one file each: its options, what it runs, what it prints.

What a command runs is imported when it runs: help and wrong usage are answered at once.
"""

from geomap.commands import add, build, check, diff, extract, geocode, plan, publish
from geomap.commands.command import Command

COMMANDS: dict[str, Command] = {
    "build": build.COMMAND,
    "add": add.COMMAND,
    "extract": extract.COMMAND,
    "geocode": geocode.COMMAND,
    "check": check.COMMAND,
    "plan": plan.COMMAND,
    "diff": diff.COMMAND,
    "publish": publish.COMMAND,
}
