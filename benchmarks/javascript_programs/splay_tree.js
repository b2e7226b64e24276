// A tree that brings what was asked for last to its root: keys come and go, payloads are trees of objects.
class Node {
    constructor(key, value) {
        this.key = key;
        this.value = value;
        this.left = null;
        this.right = null;
    }
}

class SplayTree {
    constructor() {
        this.root = null;
        this.size = 0;
    }
    splay(key) {
        if (this.root === null) return;
        const helper = new Node(0, null);
        let left = helper;
        let right = helper;
        let current = this.root;
        while (true) {
            if (key < current.key) {
                if (current.left === null) break;
                if (key < current.left.key) {
                    const moved = current.left;
                    current.left = moved.right;
                    moved.right = current;
                    current = moved;
                    if (current.left === null) break;
                }
                right.left = current;
                right = current;
                current = current.left;
            } else if (key > current.key) {
                if (current.right === null) break;
                if (key > current.right.key) {
                    const moved = current.right;
                    current.right = moved.left;
                    moved.left = current;
                    current = moved;
                    if (current.right === null) break;
                }
                left.right = current;
                left = current;
                current = current.right;
            } else break;
        }
        left.right = current.left;
        right.left = current.right;
        current.left = helper.right;
        current.right = helper.left;
        this.root = current;
    }
    insert(key, value) {
        const node = new Node(key, value);
        if (this.root !== null) {
            this.splay(key);
            if (this.root.key === key) return false;
            if (key > this.root.key) {
                node.left = this.root;
                node.right = this.root.right;
                this.root.right = null;
            } else {
                node.right = this.root;
                node.left = this.root.left;
                this.root.left = null;
            }
        }
        this.root = node;
        this.size++;
        return true;
    }
    find(key) {
        this.splay(key);
        return this.root !== null && this.root.key === key ? this.root : null;
    }
    largestBelow(key) {
        this.splay(key);
        if (this.root.key < key) return this.root;
        let node = this.root.left;
        while (node !== null && node.right !== null) node = node.right;
        return node;
    }
    remove(key) {
        const node = this.find(key);
        if (node === null) throw new Error(`no key ${key}`);
        this.size--;
        if (node.left === null) this.root = node.right;
        else {
            const right = node.right;
            this.root = node.left;
            this.splay(key);
            this.root.right = right;
        }
        return node;
    }
    *keys(node = this.root) {
        if (node === null) return;
        const waiting = [];
        while (node !== null || waiting.length > 0) {
            while (node !== null) {
                waiting.push(node);
                node = node.left;
            }
            node = waiting.pop();
            yield node.key;
            node = node.right;
        }
    }
}

let seed = 49734321;
function random() {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed;
}

function payload(depth, tag) {
    if (depth === 0) return { array: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], text: "text of " + tag };
    return { left: payload(depth - 1, tag), right: payload(depth - 1, tag) };
}

function insertNew(tree) {
    let key = random();
    while (tree.find(key) !== null) key = random();
    tree.insert(key, payload(4, key));
    return key;
}

function run() {
    seed = 49734321;
    const tree = new SplayTree();
    for (let i = 0; i < 1000; i++) insertNew(tree);
    let total = 0;
    for (let i = 0; i < 1500; i++) {
        const key = insertNew(tree);
        const below = tree.largestBelow(key);
        const removed = tree.remove(below === null ? key : below.key);
        total = (total + removed.key + removed.value.left.right.left.right.text.length) % 1000003;
    }
    let before = -1;
    let count = 0;
    for (const key of tree.keys()) {
        if (key <= before) throw new Error("out of order");
        before = key;
        count++;
    }
    return total + count;
}
