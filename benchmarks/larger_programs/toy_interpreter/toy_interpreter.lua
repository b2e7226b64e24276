-- An interpreter of a toy language that walks a tree of records; the program it runs counts Collatz steps.
local nodes, slots = {}, {}
local floor = math.floor

local function node(kind, value, left, right, third)
    nodes[#nodes + 1] = { kind = kind, value = value, left = left, right = right, third = third }
    return #nodes
end

local function number(value) return node("number", value, 0, 0, 0) end
local function variable(slot) return node("variable", slot, 0, 0, 0) end
local function binary(kind, left, right) return node(kind, 0, left, right, 0) end
local function assign(slot, expression) return node("assign", slot, expression, 0, 0) end

local function evaluate(index)
    local n = nodes[index]
    local kind = n.kind
    if kind == "number" then return n.value end
    if kind == "variable" then return slots[n.value] end
    if kind == "add" then return evaluate(n.left) + evaluate(n.right) end
    if kind == "multiply" then return evaluate(n.left) * evaluate(n.right) end
    if kind == "divide" then return floor(evaluate(n.left) / evaluate(n.right)) end
    if kind == "remainder" then return evaluate(n.left) % evaluate(n.right) end
    if kind == "less" then
        if evaluate(n.left) < evaluate(n.right) then return 1 end
        return 0
    end
    if kind == "assign" then
        local result = evaluate(n.left)
        slots[n.value] = result
        return result
    end
    if kind == "then" then
        evaluate(n.left)
        return evaluate(n.right)
    end
    if kind == "if" then
        if evaluate(n.left) ~= 0 then return evaluate(n.right) end
        return evaluate(n.third)
    end
    if kind == "while" then
        while evaluate(n.left) ~= 0 do evaluate(n.right) end
        return 0
    end
    error("unknown node: " .. kind)
end

local function build(limit)
    local odd = binary("remainder", variable(1), number(2))
    local up = assign(1, binary("add", binary("multiply", variable(1), number(3)), number(1)))
    local down = assign(1, binary("divide", variable(1), number(2)))
    local turn = binary("then", node("if", 0, odd, up, down), assign(2, binary("add", variable(2), number(1))))
    local inner = binary("while", binary("less", number(1), variable(1)), turn)
    local body = binary("then", assign(1, variable(0)), binary("then", inner, assign(0, binary("add", variable(0), number(1)))))
    return binary("while", binary("less", variable(0), number(limit)), body)
end

function run()
    nodes = {}
    slots = { [0] = 1, 0, 0 }
    evaluate(build(300))
    return slots[2]
end
