"""A scheduler: packets wait in the queues of tasks, each task works on one and sends it on."""


class Packet:
    def __init__(self, dest, work, hops):
        self.dest = dest
        self.work = work
        self.hops = hops


TASKS = 12
queues = []
handled = []


def set_up():
    global queues, handled
    queues = [[] for _ in range(TASKS)]
    handled = [0] * TASKS
    for p in range(60):
        packet = Packet(p % TASKS, p * 7 % 5 + 1, 0)
        queues[packet.dest].append(packet)


def step(task, heads):
    packet = queues[task][heads[task]]
    handled[task] += packet.work
    if packet.work % 3 == 0:
        return Packet((task * 5 + packet.hops) % TASKS, packet.work + 2, packet.hops + 1)
    return Packet((task + packet.work) % TASKS, packet.work % 7 + 1, packet.hops + 1)


def run():
    set_up()
    heads = [0] * TASKS
    steps = 0
    task = 0
    longest = 0
    while steps < 60000:
        if heads[task] < len(queues[task]):
            packet = step(task, heads)
            heads[task] += 1
            queues[packet.dest].append(packet)
            if packet.hops > longest:
                longest = packet.hops
            steps += 1
        task = (task + 1) % TASKS
    total = longest
    for t in range(TASKS):
        total = total * 31 % 1000003 + handled[t] + len(queues[t])
    return total
