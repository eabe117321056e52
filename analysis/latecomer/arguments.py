"""Arguments of programs: help with exit statuses, and one line where words make no sense."""

import argparse
import sys

BAD_ARGUMENTS = 2


class Arguments(argparse.ArgumentParser):
    """A parser whose help ends with the exit statuses, and whose refusal is one line.

    statuses: what 0, 1 and 2 say, and others that the program has.
    """

    def __init__(self, *, statuses="0 done; 1 an error of the program; 2 bad input or a missing package, in one line", **words):
        super().__init__(**words)
        self.statuses = statuses

    def format_help(self):
        return f"{super().format_help()}\nExit status: {self.statuses}.\n"

    def error(self, message):
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        sys.exit(BAD_ARGUMENTS)
