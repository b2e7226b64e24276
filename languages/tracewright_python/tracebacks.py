"""How an exception that nobody has caught is shown: frames with their source lines and marks, causes and contexts, notes."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import read_file
from tracewright.core.value import Value
from tracewright.guest.diagnostics import Span
from tracewright_python.display import qualified_type_name, str_text
from tracewright_python.errors import Raised
from tracewright_python.exception_groups import PyExceptionGroup
from tracewright_python.exceptions import PyException, PyTraceback, as_exception
from tracewright_python.lists import as_list
from tracewright_python.session import Session
from tracewright_python.source_marks import marks_for
from tracewright_python.suggestions import suggestion_text

HEADER: Final = "Traceback (most recent call last):\n"
CAUSE: Final = "\nThe above exception was the direct cause of the following exception:\n\n"
CONTEXT: Final = "\nDuring handling of the above exception, another exception occurred:\n\n"
REPEATED_FRAMES: Final = 3  # the same frame is shown so often


MOST_EXCEPTIONS: Final = 15  # of a group are shown
DEEPEST_GROUP: Final = 10


def traceback_text(session: Session, value: Value) -> str:
    """All that is shown of an exception, with those that it came from."""
    page = Page()
    put_chain(session, page, as_exception(value))
    return "".join(page.parts)


@final
class Page:
    """What is shown, line by line. The exceptions of a group stand in frames, one within the other; `depth` is how many of them are open.

    + Exception Group Traceback (most recent call last):
    | ExceptionGroup: both (2 sub-exceptions)
    +-+---------------- 1 ----------------
      | ValueError: 1
      +---------------- 2 ----------------
      | TypeError: 2
      +------------------------------------
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.depth = 0
        self.is_to_be_closed = False  # the frame of the exception that is shown is the last one of its group

    def indentation(self) -> str:
        """What stands before the frame that is open."""
        return " " * (2 * self.depth)

    def put(self, text: str, margin: str = "|") -> None:
        """Lines, within the frame that is open."""
        if self.depth == 0:
            self.parts.append(text)
            return
        before = f"{self.indentation()}{margin} "
        for line in text.removesuffix("\n").split("\n"):
            self.parts.append(f"{before}{line}\n")

    def put_rule(self, text: str) -> None:
        """A line of the frame itself."""
        self.parts.append(f"{self.indentation()}{text}\n")


def put_chain(session: Session, page: Page, exception: PyException | None) -> None:
    """An exception, behind those that it came from."""
    chain: list[PyException] = []
    links: list[str] = []
    while exception is not None and exception not in chain:
        chain.append(exception)
        cause, context = as_exception(exception.cause), as_exception(exception.context)
        if cause is not None:
            links.append(CAUSE)
            exception = cause
        elif context is not None and not exception.suppresses_context:
            links.append(CONTEXT)
            exception = context
        else:
            exception = None
    for k in range(len(chain) - 1, -1, -1):
        one = chain[k]
        if isinstance(one, PyExceptionGroup):
            put_group(session, page, one)
        else:
            if one.traceback is not None:
                page.put(HEADER + frames_text(session, one.traceback))
            page.put(last_lines(session, one))
        if k > 0:
            page.put(links[k - 1])


def put_group(session: Session, page: Page, group: PyExceptionGroup) -> None:
    """A group, and in frames what is in it."""
    if page.depth > DEEPEST_GROUP:
        page.put(f"... (max_group_depth is {DEEPEST_GROUP})\n")
        return
    is_outermost = page.depth == 0
    if is_outermost:
        page.depth = 1
    if group.traceback is not None:
        page.put(f"Exception Group {HEADER}", "+" if is_outermost else "|")
        page.put(frames_text(session, group.traceback))
    page.put(last_lines(session, group))
    exceptions = group.exceptions.items
    count = min(len(exceptions), MOST_EXCEPTIONS + 1)
    page.is_to_be_closed = False
    for k in range(count):
        is_last = k == count - 1
        page.is_to_be_closed = page.is_to_be_closed or is_last
        title = f"{k + 1}" if k < MOST_EXCEPTIONS else "..."
        page.put_rule(f"{'+-' if k == 0 else '  '}+---------------- {title} ----------------")
        page.depth += 1
        if k < MOST_EXCEPTIONS:
            put_chain(session, page, as_exception(exceptions[k]))
        else:
            more = len(exceptions) - MOST_EXCEPTIONS
            page.put(f"and {more} more exception{'s' if more > 1 else ''}\n")
        if is_last and page.is_to_be_closed:
            page.put_rule("+------------------------------------")
            page.is_to_be_closed = False
        page.depth -= 1
    if is_outermost:
        page.depth = 0


def last_lines(session: Session, exception: PyException) -> str:
    """Its class and message, and its notes."""
    name = qualified_type_name(exception.type_of())
    try:
        message = str_text(session, Value.of_object(exception))
    except Raised:
        message = "<exception str() failed>"
    message += suggestion_text(session, exception)
    text = f"{name}: {message}\n" if message != "" else f"{name}\n"
    notes = as_list(exception.get_named("__notes__"))
    if notes is not None:
        for note in notes.values():
            text += str_text(session, note) + "\n"
    return text


def frames_text(session: Session, first: PyTraceback | None) -> str:
    """The frames, the outermost first; a frame that repeats is shown three times, then counted."""
    parts: list[str] = []
    previous: PyTraceback | None = None
    repeated = 0
    entry = without_built_in(first)
    while entry is not None:
        is_same = (
            previous is not None
            and previous.code is entry.code
            and previous.code.line_at(previous.pc) == entry.code.line_at(entry.pc)
        )
        if not is_same:
            parts.append(repetition(repeated))
            repeated = 0
        repeated += 1
        if repeated <= REPEATED_FRAMES:
            parts.append(frame_text(session, entry))
        previous = entry
        entry = without_built_in(entry.following)
    parts.append(repetition(repeated))
    return "".join(parts)


def without_built_in(entry: PyTraceback | None) -> PyTraceback | None:
    """The first frame from here on that is the program's own: what is built in has none, also where it is guest Python."""
    while entry is not None and entry.code.file.startswith("<prelude "):
        entry = entry.following
    return entry


def repetition(count: int) -> str:
    """What is said of frames that are not shown."""
    more = count - REPEATED_FRAMES
    if more <= 0:
        return ""
    return f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"


def frame_text(session: Session, entry: PyTraceback) -> str:
    """One frame: its place, its source line and the marks below."""
    span = entry.code.span_at(entry.pc)
    text = f'  File "{entry.code.file}", line {span.line}, in {entry.code.name}\n'
    line = source_line(session, entry.code.file, span.line)
    stripped = line.strip()
    if stripped == "":
        return text
    return text + f"    {stripped}\n" + marks_text(line, stripped, span)


def source_line(session: Session, file: str, number: int) -> str:
    """A line of a source file, or ""."""
    if file not in session.sources:
        try:
            session.sources[file] = read_file(file.encode()).decode()
        except OSError:
            session.sources[file] = ""
        except UnicodeDecodeError:
            session.sources[file] = ""
    lines = session.sources[file].split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def marks_text(line: str, stripped: str, span: Span) -> str:
    """The line of marks below a source line, or nothing where the whole line would be marked."""
    if span.column == 0:
        return ""
    indentation = len(line) - len(line.lstrip())
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    start = span.column - 1
    if end <= start or start < indentation:
        return ""
    marks = marks_for(line[start:end]) if span.end_line == span.line else "^" * (end - start)
    if "~" not in marks and end - start == len(stripped):
        return ""
    return "    " + " " * (start - indentation) + marks + "\n"
