// Short-lived trees while a table of records is alive, in which each step replaces some.
class Tree {
    constructor(left, right, weight) {
        this.left = left;
        this.right = right;
        this.weight = weight;
    }
}

function build(depth, weight) {
    if (depth === 0) return new Tree(null, null, weight);
    return new Tree(build(depth - 1, (weight * 2) % 1009), build(depth - 1, (weight * 2 + 1) % 1009), weight);
}

function addUp(tree) {
    if (tree.left === null) return tree.weight;
    return (tree.weight + addUp(tree.left) + addUp(tree.right)) % 1000003;
}

const kept = new Map();
let entries = 0;

function prepare(megabytes) {
    entries = megabytes * 8000;
    for (let i = 0; i < entries; i++) kept.set(i, new Tree(null, null, i));
}

function step(number) {
    let total = 0;
    for (let i = 0; i < 200; i++) {
        const tree = build(8, number + i);
        kept.set(((number * 200 + i) * 7919) % entries, tree.left.left.left.left);
        total = (total + addUp(tree)) % 1000003;
    }
    return total;
}
