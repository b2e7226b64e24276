"""What `Intl` asks about time zones."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_number, to_text
from tracewright_javascript.realm import Agent, as_realm
from tracewright_javascript.values import int_number, string_value
from tracewright_javascript.zones import Zone, local_zone_name, zone_named


def _zone(agent: Agent, name: str) -> Zone | None:
    """The zone of a name, read once."""
    known = agent.named_zones.get(name)
    if known is not None:
        return known
    found = zone_named(name)
    if found is not None:
        agent.named_zones[name] = found
    return found


def _local_zone(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(local_zone_name())


def _zone_offset(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`zoneOffset(name, time)`: milliseconds ahead of UTC; undefined where there is no such zone."""
    zone = _zone(as_realm(realm).agent, to_text(argument_at(stack, frame, count, 0)))
    time = int(to_number(argument_at(stack, frame, count, 1)))
    return Value.UNDEFINED if zone is None else int_number(zone.offset_at(time))


def _zone_abbreviation(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`zoneAbbreviation(name, time)`: what the zone is called then."""
    zone = _zone(as_realm(realm).agent, to_text(argument_at(stack, frame, count, 0)))
    time = int(to_number(argument_at(stack, frame, count, 1)))
    return string_value("" if zone is None else zone.name_at(time))


ZONES: Final[list[NativeRow]] = [
    ("localZone", 0, _local_zone),
    ("zoneOffset", 2, _zone_offset),
    ("zoneAbbreviation", 2, _zone_abbreviation),
]
