-- Binary trees: one large that stays, many small that do not.
local function build(depth, weight)
    if depth == 0 then return { left = nil, right = nil, weight = weight } end
    return { left = build(depth - 1, weight * 2 % 1009), right = build(depth - 1, (weight * 2 + 1) % 1009), weight = weight }
end

local function sum(tree)
    if tree.left == nil then return tree.weight end
    return (tree.weight + sum(tree.left) + sum(tree.right)) % 1000003
end

local large = build(17, 1)

function run()
    local total = 0
    for i = 0, 39 do total = (total + sum(build(9, i))) % 1000003 end
    return total + sum(large.left)
end
