"""`python -m tracewright`."""

from tracewright.command_line import command

command()
