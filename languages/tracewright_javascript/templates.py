"""Tagged templates: each site has one template object in each realm, the same at every call."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.properties import FIXED, NOT_CONFIGURABLE, NOT_WRITABLE, Descriptor, data_descriptor
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, string_value


@final
@immutable_fields("cooked", "raw")
class TemplateSite(GuestObject):
    """The strings of a template; `cooked` has undefined for those with an escape that means nothing."""

    def __init__(self, cooked: list[Value], raw: list[str]) -> None:
        self.cooked = cooked
        self.raw = raw
        self.made: Value = EMPTY  # code belongs to one realm, so there is one object


def template_object(realm: Realm, site: TemplateSite) -> Value:
    """GetTemplateObject"""
    known = site.made
    return known if not known.same(EMPTY) else _make(realm, site)


@dont_look_inside
def _make(realm: Realm, site: TemplateSite) -> Value:
    raw = realm.array_of([string_value(text) for text in site.raw])
    cooked = realm.array_of(site.cooked)
    frozen = Descriptor(EMPTY, NOT_WRITABLE | NOT_CONFIGURABLE, NOT_WRITABLE | NOT_CONFIGURABLE)
    for array in (raw, cooked):
        for index in range(len(site.raw)):
            array.define_property(Key("", index), frozen)
    cooked.define_property(Key("raw", NO_INDEX), data_descriptor(Value.of_object(raw), FIXED))
    for array in (raw, cooked):
        array.define_property(Key("length", NO_INDEX), Descriptor(EMPTY, NOT_WRITABLE, NOT_WRITABLE))
        array.prevent_extensions()
    site.made = Value.of_object(cooked)
    return site.made
