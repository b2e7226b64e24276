"""bytes, bytearray and Array."""

from tracewright_testing.dialect_groups.group import Group, Kind

RAW_BYTES = Group(
    "raw_bytes",
    kinds={
        "raw": Kind(
            "bytes",
            "shown_ints(list({0}))",
            ('b""', 'b"ab\\x00\\xff"', 'b"h\\xc3\\xa9"'),
            ("{s}.encode()", "({raw} + {raw})[:10]", "{raw}[1:]", "{raw}[i8({i}):i8({i})]", "bytes({buffer})", "{raw}[:3]", "({raw} if {b} else {raw})", "str({i}).encode()", "bytes(bytearray({raw}))", "u16({i}).to_bytes(2, 'big')", "{raw}.strip()", "{raw}.replace({raw}, {raw})[:9]", "{raw}.upper()", "{raw}.partition({raw} + b'a')[0]", "bytes.fromhex('00ff41')", "{raw}[::-1]", "{raw}[::2]", "bytes([u8({i}), 65])", "b','.join([{raw}, {raw}])[:12]", "bytes(u8({i}) & 3)"),
        ),
        "buffer": Kind("bytearray", "shown_ints(list(bytes({0})))", ('bytearray(b"xyz")', "bytearray()"), ("bytearray({raw})", "bytearray({s}.encode())")),
        "array": Kind("Array[int]", "shown_ints([item for item in {0}])", ("Array(3, 7)",), ("Array(u8({i}) & 7, {i})", "filled_array({i}, {i})")),
    },
    patterns={
        "i": (
            "int.from_bytes({raw}[:4], 'little')", "int.from_bytes({raw}[:3], 'big')", "{raw}.count({raw})", "{raw}.rfind({raw})", "{raw}.index({raw})", "{buffer}.find({raw})",
            "len({raw})", "{raw}[u8({i}) & 3]", "{raw}[i8({i})]", "{raw}.find({raw})", "len({buffer})", "{buffer}[u8({i}) & 3]", "sum(NEW1 for NEW1 in {raw})", "{array}[u8({i}) & 3]", "len({array})", "sum([u8(NEW1) for NEW1 in {array}])", "max([NEW1 for NEW1 in {raw}], default=-1)", "{array}[{i}]"),
        "s": (
            "repr({raw})[:40]", "{raw}.hex()[:30]", "str({raw})[:40]",
            "{raw}.decode()", "{raw}[:2].decode()"),
        "b": (
            "{raw}.isalpha()", "{raw}.isdigit()", "{raw}.isspace()", "{buffer}.startswith({raw})",
            "({raw} == {raw})", "({raw} in {raw})", "{raw}.startswith({raw})", "{raw}.endswith({raw})", "({raw} != {raw})", "bool({raw})", "({buffer} == {buffer})", "({i} in [NEW1 for NEW1 in {raw}])", "({raw} < {raw})", "(bytes({buffer}) == {raw})", "(hash({raw} + b'a') == hash({raw} + b'a'))"),
        "l": ("[NEW1 for NEW1 in {raw}][:8]", "[NEW1 for NEW1 in {array}]", "list({raw})[:8]"),
    },
    forms=(
        "VAR_buffer.append(u8({i}))", "VAR_buffer.extend({raw})", "VAR_buffer[u8({i}) & 1] = u8({i})", "VAR_buffer.append({i})", "VAR_buffer.insert(u8({i}) & 1, u8({i}))", "VAR_buffer.reverse()", "log.append(str(VAR_buffer.pop()))", "VAR_buffer[1:2] = {raw}[:3]\ndel VAR_buffer[8:]", "del VAR_buffer[:1]", "VAR_array[u8({i}) & 3] = {i}", "VAR_array[0] ^= {i}", "for NEW1 in {raw}[:4]:\n    LOOP NEW1=i", "for NEW1 in VAR_array:\n    LOOP NEW1=i",
        "for NEW1, NEW2 in enumerate({raw}[:3]):\n    LOOP NEW1=i,NEW2=i", "for NEW1 in reversed({raw}[:4]):\n    LOOP NEW1=i", "NEW1 = VAR_array\nNEW1[1] = {i}\nAFTER NEW1=array",
        "match {raw}:\n    case b'':\n        BODY\n    case NEW1 if len(NEW1) > 2:\n        BODY NEW1=raw\n    case _:\n        BODY",
    ),
    prelude='''

def filled_array(count: int, step: int) -> Array[int]:
    made: Array[int] = Array(u8(count) & 7, 0)
    for place in range(len(made)):
        made[place] = wrap_mul(place, step)
    return made
''',
)  # fmt: skip
