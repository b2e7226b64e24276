"""All groups, in a fixed order."""

from tracewright_testing.dialect_groups.dictionaries import DICTIONARIES
from tracewright_testing.dialect_groups.failures import FAILURES
from tracewright_testing.dialect_groups.floats import FLOATS
from tracewright_testing.dialect_groups.flow import FLOW
from tracewright_testing.dialect_groups.formats import FORMATS
from tracewright_testing.dialect_groups.functions_inside import FUNCTIONS_INSIDE
from tracewright_testing.dialect_groups.generics import GENERICS
from tracewright_testing.dialect_groups.group import Group
from tracewright_testing.dialect_groups.integers import INTEGERS
from tracewright_testing.dialect_groups.lists import LISTS
from tracewright_testing.dialect_groups.operators import OPERATORS
from tracewright_testing.dialect_groups.optionals import OPTIONALS
from tracewright_testing.dialect_groups.properties import PROPERTIES
from tracewright_testing.dialect_groups.raw_bytes import RAW_BYTES
from tracewright_testing.dialect_groups.sets import SETS
from tracewright_testing.dialect_groups.texts import TEXTS
from tracewright_testing.dialect_groups.trees import TREES
from tracewright_testing.dialect_groups.tuples import TUPLES

GROUPS: tuple[Group, ...] = (
    INTEGERS, FLOATS, TEXTS, FORMATS, RAW_BYTES, TUPLES, LISTS, SETS, DICTIONARIES, OPTIONALS, OPERATORS, GENERICS, TREES, FAILURES, FLOW,
    FUNCTIONS_INSIDE, PROPERTIES,
)  # fmt: skip
