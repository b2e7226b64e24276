// Binary trees: one large that stays, many small that do not.
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

function sum(tree) {
    if (tree.left === null) return tree.weight;
    return (tree.weight + sum(tree.left) + sum(tree.right)) % 1000003;
}

const large = build(17, 1);

function run() {
    let total = 0;
    for (let i = 0; i < 40; i++) total = (total + sum(build(9, i))) % 1000003;
    return total + sum(large.left);
}
