// Binary trees of rising depth, up to 16, beside one that stays.
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

let longLived = null;

function prepare(megabytes) {
    longLived = build(16, 1);
}

// Step 0 makes 4096 trees of depth 4, step 1 fewer that are deeper, and so on up to depth 16; then again.
function step(number) {
    let depth = 4;
    let count = 8192;
    for (let i = 0; i < number % 7; i++) {
        depth += 2;
        count /= 4;
    }
    let total = 0;
    for (let i = 0; i < count; i++) total = (total + addUp(build(depth, i))) % 1000003;
    return total;
}
