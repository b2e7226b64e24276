// A small language: tokens by charCodeAt, a parser by precedence, closures made of the tree, and a run of what came out.
const NUMBER = 0, NAME = 1, MARK = 2, END = 3;
const PRECEDENCE = { "||": 1, "&&": 2, "==": 3, "<": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6 };

function isLetter(code) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

class Tokens {
    constructor(text) {
        this.text = text;
        this.position = 0;
        this.kind = END;
        this.value = "";
        this.next();
    }
    next() {
        const text = this.text;
        let at = this.position;
        while (at < text.length && text.charCodeAt(at) <= 32) at++;
        const start = at;
        if (at >= text.length) {
            this.kind = END;
            this.value = "";
        } else {
            const code = text.charCodeAt(at);
            if (code >= 48 && code <= 57) {
                while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
                this.kind = NUMBER;
            } else if (isLetter(code)) {
                while (at < text.length && isLetter(text.charCodeAt(at))) at++;
                this.kind = NAME;
            } else {
                const two = text.slice(at, at + 2);
                at += two === "||" || two === "&&" || two === "==" ? 2 : 1;
                this.kind = MARK;
            }
            this.value = text.slice(start, at);
        }
        this.position = at;
    }
    accept(value) {
        if (this.value !== value || this.kind === END) return false;
        this.next();
        return true;
    }
    expect(value) {
        if (!this.accept(value)) throw new SyntaxError(`expected ${value} at ${this.position}`);
    }
}

function parsePrimary(tokens) {
    const { kind, value } = tokens;
    if (kind === NUMBER) {
        tokens.next();
        return { type: "number", value: Number(value) };
    }
    if (kind === NAME) {
        tokens.next();
        if (!tokens.accept("(")) return { type: "name", name: value };
        const args = [];
        while (!tokens.accept(")")) {
            args.push(parseExpression(tokens, 0));
            tokens.accept(",");
        }
        return { type: "call", name: value, args };
    }
    if (tokens.accept("(")) {
        const inner = parseExpression(tokens, 0);
        tokens.expect(")");
        return inner;
    }
    if (tokens.accept("-")) return { type: "negate", operand: parsePrimary(tokens) };
    throw new SyntaxError(`unexpected ${value}`);
}

function parseExpression(tokens, least) {
    let left = parsePrimary(tokens);
    while (tokens.kind === MARK) {
        const operator = tokens.value;
        const precedence = PRECEDENCE[operator];
        if (precedence === undefined || precedence <= least) break;
        tokens.next();
        left = { type: "binary", operator, left, right: parseExpression(tokens, precedence) };
    }
    if (least === 0 && tokens.accept("?")) {
        const yes = parseExpression(tokens, 0);
        tokens.expect(":");
        return { type: "choice", test: left, yes, no: parseExpression(tokens, 0) };
    }
    return left;
}

const BINARY = {
    "+": (a, b) => (scope) => a(scope) + b(scope),
    "-": (a, b) => (scope) => a(scope) - b(scope),
    "*": (a, b) => (scope) => a(scope) * b(scope),
    "/": (a, b) => (scope) => Math.trunc(a(scope) / b(scope)),
    "%": (a, b) => (scope) => a(scope) % b(scope),
    "<": (a, b) => (scope) => (a(scope) < b(scope) ? 1 : 0),
    "==": (a, b) => (scope) => (a(scope) === b(scope) ? 1 : 0),
    "&&": (a, b) => (scope) => a(scope) && b(scope),
    "||": (a, b) => (scope) => a(scope) || b(scope),
};

function compile(tree) {
    switch (tree.type) {
        case "number": {
            const { value } = tree;
            return () => value;
        }
        case "name": {
            const { name } = tree;
            return (scope) => scope[name];
        }
        case "negate": {
            const operand = compile(tree.operand);
            return (scope) => -operand(scope);
        }
        case "binary":
            return BINARY[tree.operator](compile(tree.left), compile(tree.right));
        case "choice": {
            const [test, yes, no] = [tree.test, tree.yes, tree.no].map(compile);
            return (scope) => (test(scope) ? yes(scope) : no(scope));
        }
        case "call": {
            const args = tree.args.map(compile);
            const { name } = tree;
            return (scope) => scope.functions[name](...args.map((arg) => arg(scope)));
        }
        default:
            throw new Error(tree.type);
    }
}

const SOURCES = [
    "a * 3 + b % 7 - (c - a) * 2",
    "a < b && b < c || c == a ? max(a, b, c) : min(a, b) - -c",
    "max(a + 1, min(b * 2, c)) + clamp(a * b - c, 0, 1000)",
    "((a + b) * (b + c) - (c + a)) / (1 + a % 5) + max(a, clamp(b, 1, 9))",
    "a == b ? 1 : b == c ? 2 : a < 50 ? a * a % 97 : c / 3 + 4",
];

function run() {
    const functions = {
        max: (...values) => values.reduce((best, value) => (value > best ? value : best)),
        min: (a, b) => (a < b ? a : b),
        clamp: (value, low, high) => (value < low ? low : value > high ? high : value),
    };
    let total = 0;
    for (let round = 0; round < 40; round++) {
        for (const source of SOURCES) {
            const evaluate = compile(parseExpression(new Tokens(source), 0));
            for (let i = 0; i < 40; i++) total = (total * 3 + evaluate({ a: i, b: (i * 7 + round) % 53, c: 90 - i, functions })) % 1000003;
        }
    }
    return total;
}
