// A scheduler: packets wait in the queues of tasks, each task works on one and sends it on.
class Packet {
    constructor(dest, work, hops) {
        this.dest = dest;
        this.work = work;
        this.hops = hops;
    }
}

const TASKS = 12;
let queues = [];
let handled = [];

function setUp() {
    queues = [];
    handled = [];
    for (let t = 0; t < TASKS; t++) {
        queues.push([]);
        handled.push(0);
    }
    for (let p = 0; p < 60; p++) {
        const packet = new Packet(p % TASKS, ((p * 7) % 5) + 1, 0);
        queues[packet.dest].push(packet);
    }
}

function step(task, heads) {
    const packet = queues[task][heads[task]];
    handled[task] += packet.work;
    if (packet.work % 3 === 0) {
        return new Packet((task * 5 + packet.hops) % TASKS, packet.work + 2, packet.hops + 1);
    }
    return new Packet((task + packet.work) % TASKS, (packet.work % 7) + 1, packet.hops + 1);
}

function run() {
    setUp();
    const heads = [];
    for (let t = 0; t < TASKS; t++) heads.push(0);
    let steps = 0;
    let task = 0;
    let longest = 0;
    while (steps < 60000) {
        if (heads[task] < queues[task].length) {
            const packet = step(task, heads);
            heads[task] += 1;
            queues[packet.dest].push(packet);
            if (packet.hops > longest) longest = packet.hops;
            steps += 1;
        }
        task = (task + 1) % TASKS;
    }
    let total = longest;
    for (let t = 0; t < TASKS; t++) total = ((total * 31) % 1000003) + handled[t] + queues[t].length;
    return total;
}
