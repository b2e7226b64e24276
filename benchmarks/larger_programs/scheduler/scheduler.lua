-- A scheduler: packets wait in the queues of tasks, each task works on one and sends it on.
local TASKS = 12
local queues, handled = {}, {}

local function new_packet(dest, work, hops)
    return { dest = dest, work = work, hops = hops }
end

local function set_up()
    queues, handled = {}, {}
    for t = 0, TASKS - 1 do
        queues[t] = {}
        handled[t] = 0
    end
    for p = 0, 59 do
        local packet = new_packet(p % TASKS, p * 7 % 5 + 1, 0)
        local queue = queues[packet.dest]
        queue[#queue + 1] = packet
    end
end

local function step(task, heads)
    local packet = queues[task][heads[task] + 1]
    handled[task] = handled[task] + packet.work
    if packet.work % 3 == 0 then
        return new_packet((task * 5 + packet.hops) % TASKS, packet.work + 2, packet.hops + 1)
    end
    return new_packet((task + packet.work) % TASKS, packet.work % 7 + 1, packet.hops + 1)
end

function run()
    set_up()
    local heads = {}
    for t = 0, TASKS - 1 do heads[t] = 0 end
    local steps, task, longest = 0, 0, 0
    while steps < 60000 do
        if heads[task] < #queues[task] then
            local packet = step(task, heads)
            heads[task] = heads[task] + 1
            local queue = queues[packet.dest]
            queue[#queue + 1] = packet
            if packet.hops > longest then longest = packet.hops end
            steps = steps + 1
        end
        task = (task + 1) % TASKS
    end
    local total = longest
    for t = 0, TASKS - 1 do total = total * 31 % 1000003 + handled[t] + #queues[t] end
    return total
end
