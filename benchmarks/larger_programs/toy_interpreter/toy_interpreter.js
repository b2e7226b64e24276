// An interpreter of a toy language that walks a tree of records; the program it runs counts Collatz steps.
class Node {
    constructor(kind, value, left, right, third) {
        this.kind = kind;
        this.value = value;
        this.left = left;
        this.right = right;
        this.third = third;
    }
}

let nodes = [];
let slots = [];

function node(kind, value, left, right, third) {
    nodes.push(new Node(kind, value, left, right, third));
    return nodes.length - 1;
}

const number = (value) => node("number", value, 0, 0, 0);
const variable = (slot) => node("variable", slot, 0, 0, 0);
const binary = (kind, left, right) => node(kind, 0, left, right, 0);
const assign = (slot, expression) => node("assign", slot, expression, 0, 0);

function evaluate(index) {
    const n = nodes[index];
    const kind = n.kind;
    if (kind === "number") return n.value;
    if (kind === "variable") return slots[n.value];
    if (kind === "add") return evaluate(n.left) + evaluate(n.right);
    if (kind === "multiply") return evaluate(n.left) * evaluate(n.right);
    if (kind === "divide") return Math.trunc(evaluate(n.left) / evaluate(n.right));
    if (kind === "remainder") return evaluate(n.left) % evaluate(n.right);
    if (kind === "less") return evaluate(n.left) < evaluate(n.right) ? 1 : 0;
    if (kind === "assign") {
        const result = evaluate(n.left);
        slots[n.value] = result;
        return result;
    }
    if (kind === "then") {
        evaluate(n.left);
        return evaluate(n.right);
    }
    if (kind === "if") return evaluate(n.left) !== 0 ? evaluate(n.right) : evaluate(n.third);
    if (kind === "while") {
        while (evaluate(n.left) !== 0) evaluate(n.right);
        return 0;
    }
    throw new Error("unknown node: " + kind);
}

function build(limit) {
    const odd = binary("remainder", variable(1), number(2));
    const up = assign(1, binary("add", binary("multiply", variable(1), number(3)), number(1)));
    const down = assign(1, binary("divide", variable(1), number(2)));
    const turn = binary("then", node("if", 0, odd, up, down), assign(2, binary("add", variable(2), number(1))));
    const inner = binary("while", binary("less", number(1), variable(1)), turn);
    const body = binary("then", assign(1, variable(0)), binary("then", inner, assign(0, binary("add", variable(0), number(1)))));
    return binary("while", binary("less", variable(0), number(limit)), body);
}

function run() {
    nodes = [];
    slots = [1, 0, 0];
    evaluate(build(300));
    return slots[2];
}
