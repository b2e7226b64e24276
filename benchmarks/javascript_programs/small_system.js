// An operating system in miniature: tasks with priorities take packets from queues and hand them on; a device answers later.
const IDLE = 0, WORKER = 1, HANDLER = 2, DEVICE = 3;

class Packet {
    constructor(link, owner, kind) {
        this.link = link;
        this.owner = owner;
        this.kind = kind;
        this.place = 0;
        this.letters = [0, 0, 0, 0];
    }
    behind(queue) {
        this.link = null;
        if (queue === null) return this;
        let last = queue;
        while (last.link !== null) last = last.link;
        last.link = this;
        return queue;
    }
}

class Task {
    constructor(system, name, priority, queue) {
        this.system = system;
        this.name = name;
        this.priority = priority;
        this.queue = queue;
        this.isHeld = false;
        this.isWaiting = queue === null;
        this.system.add(this);
    }
    isRunnable() {
        return !this.isHeld && (!this.isWaiting || this.queue !== null);
    }
    take() {
        const packet = this.queue;
        if (packet !== null) this.queue = packet.link;
        return packet;
    }
}

class IdleTask extends Task {
    constructor(system, turns) {
        super(system, IDLE, 0, null);
        this.isWaiting = false;
        this.turns = turns;
        this.bits = 1;
    }
    run() {
        this.turns--;
        if (this.turns === 0) return this.system.hold(this);
        const odd = (this.bits & 1) === 1;
        this.bits = odd ? (this.bits >> 1) ^ 0xd008 : this.bits >> 1;
        return this.system.release(odd ? DEVICE + 1 : DEVICE);
    }
}

class WorkerTask extends Task {
    constructor(system, priority, queue) {
        super(system, WORKER, priority, queue);
        this.target = HANDLER;
        this.letter = 0;
    }
    run() {
        const packet = this.take();
        if (packet === null) return this.system.wait(this);
        this.target = this.target === HANDLER ? HANDLER + 3 : HANDLER;
        packet.place = 0;
        for (let i = 0; i < packet.letters.length; i++) {
            this.letter = (this.letter % 26) + 1;
            packet.letters[i] = this.letter;
        }
        return this.system.send(packet, this.target);
    }
}

class HandlerTask extends Task {
    constructor(system, name, priority, device) {
        super(system, name, priority, null);
        this.work = null;
        this.free = null;
        this.device = device;
    }
    run() {
        const packet = this.take();
        if (packet !== null) {
            if (packet.kind === WORKER) this.work = packet.behind(this.work);
            else this.free = packet.behind(this.free);
        }
        const work = this.work;
        if (work !== null) {
            if (work.place >= work.letters.length) {
                this.work = work.link;
                return this.system.send(work, WORKER);
            }
            const carrier = this.free;
            if (carrier !== null) {
                this.free = carrier.link;
                carrier.place = work.letters[work.place];
                work.place++;
                return this.system.send(carrier, this.device);
            }
        }
        return this.system.wait(this);
    }
}

class DeviceTask extends Task {
    constructor(system, name, priority) {
        super(system, name, priority, null);
        this.pending = null;
        this.handled = 0;
    }
    run() {
        const packet = this.take();
        if (packet === null) {
            const done = this.pending;
            if (done === null) return this.system.wait(this);
            this.pending = null;
            return this.system.send(done, done.owner);
        }
        this.pending = packet;
        this.handled += packet.place;
        return this.system.hold(this);
    }
}

class System {
    constructor() {
        this.tasks = [];
        this.byPriority = [];
        this.sent = 0;
        this.held = 0;
    }
    add(task) {
        this.tasks[task.name] = task;
        this.byPriority.push(task);
        this.byPriority.sort((a, b) => b.priority - a.priority);
    }
    first() {
        const tasks = this.byPriority;
        for (let i = 0; i < tasks.length; i++) if (tasks[i].isRunnable()) return tasks[i];
        return null;
    }
    schedule() {
        let task = this.first();
        while (task !== null) {
            task.isWaiting = false;
            const next = task.run();
            task = next !== null && next.isRunnable() ? next : this.first();
        }
    }
    hold(task) {
        task.isHeld = true;
        this.held++;
        return null;
    }
    release(name) {
        const task = this.tasks[name];
        task.isHeld = false;
        return task;
    }
    wait(task) {
        task.isWaiting = true;
        return task;
    }
    send(packet, name) {
        const task = this.tasks[name];
        this.sent++;
        packet.owner = packet.kind === WORKER ? packet.owner : packet.owner;
        task.queue = packet.behind(task.queue);
        return task;
    }
}

function carriers(owner) {
    let queue = null;
    for (let i = 0; i < 3; i++) queue = new Packet(queue, owner, DEVICE);
    return queue;
}

function run() {
    const system = new System();
    new IdleTask(system, 10000);
    new WorkerTask(system, 1000, new Packet(new Packet(null, WORKER, WORKER), WORKER, WORKER));
    const first = new HandlerTask(system, HANDLER, 2000, DEVICE);
    const second = new HandlerTask(system, HANDLER + 3, 3000, DEVICE + 1);
    first.queue = carriers(HANDLER);
    second.queue = carriers(HANDLER + 3);
    const devices = [new DeviceTask(system, DEVICE, 4000), new DeviceTask(system, DEVICE + 1, 5000)];
    system.schedule();
    return system.sent * 1000 + (system.held % 1000) + devices[0].handled + devices[1].handled;
}
