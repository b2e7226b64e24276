// Short-lived trees after much has been alive that is not any more.
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

function prepare(megabytes) {
    const kept = [];
    for (let i = 0; i < megabytes * 8; i++) kept.push(build(10, i));
    return kept.length;
}

// Short-lived work: small trees that are gone at once.
function step(number) {
    let total = 0;
    for (let i = 0; i < 200; i++) total = (total + addUp(build(8, number + i))) % 1000003;
    return total;
}
