// A JSON parser, character by character, over text that the program makes.
let text = "";
let at = 0;

function makeText(records) {
    const parts = [];
    for (let i = 0; i < records; i++) {
        parts.push('{"id": ' + i + ', "name": "item ' + ((i * 7919) % 1000) + '", "tags": ["a", "bc", null, true], "size": {"w": ' + (i % 17) + ', "h": -' + (i % 5) + "}}");
    }
    return "[" + parts.join(", ") + "]";
}

function skipSpace() {
    while (text[at] === " " || text[at] === "\n") at++;
}

function parseText() {
    at++;
    const start = at;
    while (text[at] !== '"') at++;
    at++;
    return text.substring(start, at - 1);
}

function parseNumber() {
    let sign = 1;
    if (text[at] === "-") {
        sign = -1;
        at++;
    }
    let number = 0;
    while (text[at] >= "0" && text[at] <= "9") {
        number = number * 10 + "0123456789".indexOf(text[at]);
        at++;
    }
    return sign * number;
}

function parseList() {
    const items = [];
    at++;
    skipSpace();
    while (text[at] !== "]") {
        items.push(parseValue());
        skipSpace();
        if (text[at] === ",") {
            at++;
            skipSpace();
        }
    }
    at++;
    return items;
}

function parseObject() {
    const found = {};
    at++;
    skipSpace();
    while (text[at] !== "}") {
        const key = parseText();
        skipSpace();
        at++;
        skipSpace();
        found[key] = parseValue();
        skipSpace();
        if (text[at] === ",") {
            at++;
            skipSpace();
        }
    }
    at++;
    return found;
}

function parseValue() {
    const c = text[at];
    if (c === "{") return parseObject();
    if (c === "[") return parseList();
    if (c === '"') return parseText();
    if (c === "t") {
        at += 4;
        return true;
    }
    if (c === "f") {
        at += 5;
        return false;
    }
    if (c === "n") {
        at += 4;
        return null;
    }
    return parseNumber();
}

function run() {
    text = makeText(400);
    let total = 0;
    for (let round = 0; round < 3; round++) {
        at = 0;
        for (const record of parseValue()) {
            total = (total + record.id * record.size.w + record.size.h + record.name.length + record.tags.length) % 1000003;
        }
    }
    return total;
}
