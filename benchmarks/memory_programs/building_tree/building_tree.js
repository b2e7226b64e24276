// One tree of binary nodes: at 1024 MB, 8,388,607 of them.
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

let tree = null;

function prepare(megabytes) {
    let depth = 12;
    for (let reached = 1; reached < megabytes; reached *= 2) depth++;
    tree = build(depth, 1);
}

function step(number) {
    let place = tree;
    while (place.left !== null) place = place.left;
    return place.weight;
}
