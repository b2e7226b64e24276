"""A JSON parser, character by character, over text that the program makes."""

text = ""
at = 0


def make_text(records):
    parts = []
    for i in range(records):
        parts.append(
            '{"id": ' + str(i) + ', "name": "item ' + str(i * 7919 % 1000) + '", "tags": ["a", "bc", null, true], '
            '"size": {"w": ' + str(i % 17) + ', "h": -' + str(i % 5) + "}}"
        )
    return "[" + ", ".join(parts) + "]"


def skip_space():
    global at
    while text[at] == " " or text[at] == "\n":
        at += 1


def parse_text():
    global at
    at += 1
    start = at
    while text[at] != '"':
        at += 1
    at += 1
    return text[start : at - 1]


def parse_number():
    global at
    sign = 1
    if text[at] == "-":
        sign = -1
        at += 1
    number = 0
    while text[at] >= "0" and text[at] <= "9":
        number = number * 10 + "0123456789".index(text[at])
        at += 1
    return sign * number


def parse_list():
    global at
    items = []
    at += 1
    skip_space()
    while text[at] != "]":
        items.append(parse_value())
        skip_space()
        if text[at] == ",":
            at += 1
            skip_space()
    at += 1
    return items


def parse_object():
    global at
    found = {}
    at += 1
    skip_space()
    while text[at] != "}":
        key = parse_text()
        skip_space()
        at += 1
        skip_space()
        found[key] = parse_value()
        skip_space()
        if text[at] == ",":
            at += 1
            skip_space()
    at += 1
    return found


def parse_value():
    global at
    c = text[at]
    if c == "{":
        return parse_object()
    if c == "[":
        return parse_list()
    if c == '"':
        return parse_text()
    if c == "t":
        at += 4
        return True
    if c == "f":
        at += 5
        return False
    if c == "n":
        at += 4
        return None
    return parse_number()


def run():
    global text, at
    text = make_text(400)
    total = 0
    for _ in range(3):
        at = 0
        for record in parse_value():
            size = record["size"]
            total += record["id"] * size["w"] + size["h"] + len(record["name"]) + len(record["tags"])
            total %= 1000003
    return total
