// Recursion over global arrays: the towers of Hanoi, each move checked.
const HEIGHT = 17;
let piles = [];
let tops = [0, 0, 0];
let moves = 0;

function setUp() {
    piles = [];
    tops = [0, 0, 0];
    moves = 0;
    for (let i = 0; i < 3 * HEIGHT; i++) piles.push(0);
    for (let disk = HEIGHT; disk >= 1; disk--) {
        piles[tops[0]] = disk;
        tops[0] = tops[0] + 1;
    }
}

function moveDisk(source, target) {
    tops[source] = tops[source] - 1;
    const disk = piles[source * HEIGHT + tops[source]];
    if (tops[target] > 0) {
        if (piles[target * HEIGHT + tops[target] - 1] < disk) throw new Error("a larger disk on a smaller one");
    }
    piles[target * HEIGHT + tops[target]] = disk;
    tops[target] = tops[target] + 1;
    moves = moves + 1;
}

function movePile(height, source, target, spare) {
    if (height === 1) {
        moveDisk(source, target);
        return;
    }
    movePile(height - 1, source, spare, target);
    moveDisk(source, target);
    movePile(height - 1, spare, target, source);
}

function run() {
    setUp();
    for (let round = 0; round < 5; round++) {
        movePile(HEIGHT, 0, 1, 2);
        movePile(HEIGHT, 1, 0, 2);
    }
    return `${moves} ${tops[0]} ${piles[0]}`;
}
