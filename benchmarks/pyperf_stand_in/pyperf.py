"""What the programs of the pyperformance suite import as `pyperf`: runs them a number of times and prints what each run took.

It stands in for the real one, which starts many processes and needs most of the standard library; so that the programs run, unmodified,
on implementations that have little of that. Only what the programs use is here.

One line for each run goes to standard output: the name of the benchmark, a tab, seconds. The last argument, `--runs=20`, says how many.
"""

import sys
from time import perf_counter

__all__ = ["Runner", "perf_counter"]


class Runner:
    """Runs functions and prints how long they take. Its options are those that programs add, all with their defaults."""

    def __init__(self, values=None, processes=None, loops=0, add_cmdline_args=None, program_args=None, **others):
        self.metadata = {}
        self.argparser = Options()
        self.runs = runs_wanted()

    def parse_args(self, arguments=None):
        return self.argparser.values(sys.argv[1:] if arguments is None else arguments)

    def bench_time_func(self, name, function, *arguments, inner_loops=None, **others):
        """A function that is told how often to do its work, and gives the seconds that this took."""
        for _ in range(self.runs):
            report(name, function(1, *arguments))

    def bench_func(self, name, function, *arguments, inner_loops=None, **others):
        """A function that does its work once."""
        for _ in range(self.runs):
            start = perf_counter()
            function(*arguments)
            report(name, perf_counter() - start)

    def bench_async_func(self, name, function, *arguments, loop_factory=None, **others):
        """A coroutine function that does its work once; the event loop's start and end are not counted."""
        import asyncio

        async def timed():
            start = perf_counter()
            await function(*arguments)
            return perf_counter() - start

        for _ in range(self.runs):
            report(name, asyncio.run(timed()))


class Options:
    """As much of an argument parser as the programs need."""

    def __init__(self):
        self.known = []

    def add_argument(self, *names, default=None, action="store", type=None, dest=None, **others):
        option = Option(names, default, action, type, dest)
        self.known.append(option)
        return option

    def add_argument_group(self, *titles, **others):
        return self

    def values(self, arguments):
        result = Namespace()
        for option in self.known:
            setattr(result, option.destination, option.default)
        places = [option for option in self.known if not option.names[0].startswith("-")]
        rest = list(arguments)
        while rest:
            word = rest.pop(0)
            for option in self.known:
                if word in option.names and word.startswith("-"):
                    setattr(result, option.destination, option.read(rest))
                    break
            else:
                if not places:
                    raise SystemExit(f"unknown argument: {word}")
                option = places.pop(0)
                setattr(result, option.destination, word if option.type is None else option.type(word))
        return result


class Option:
    def __init__(self, names, default, action, type, dest):
        self.names = names
        self.action = action
        self.type = type
        longest = max(names, key=len)
        self.destination = longest.lstrip("-").replace("-", "_") if dest is None else dest
        if default is None and action == "store_true":
            default = False
        elif isinstance(default, str) and type is not None:
            default = type(default)
        self.default = default

    def read(self, rest):
        """Its value, taken from the words behind it."""
        if self.action == "store_true":
            return True
        word = rest.pop(0)
        return word if self.type is None else self.type(word)


class Namespace:
    pass


def runs_wanted():
    """As the program that compares says, in the last argument; it is taken away."""
    last = sys.argv[-1]
    if last.startswith("--runs="):
        del sys.argv[-1]
        return int(last[7:])
    return 20


def report(name, seconds):
    print(f"{name}\t{seconds:.9f}", flush=True)
