-- A JSON parser, character by character, over text that the program makes.
local text, at = "", 1
local sub = string.sub
local NULL = {}

local function make_text(records)
    local parts = {}
    for i = 0, records - 1 do
        parts[#parts + 1] = '{"id": ' .. i .. ', "name": "item ' .. i * 7919 % 1000 .. '", "tags": ["a", "bc", null, true], "size": {"w": ' .. i % 17 .. ', "h": -' .. i % 5 .. "}}"
    end
    return "[" .. table.concat(parts, ", ") .. "]"
end

local function skip_space()
    while sub(text, at, at) == " " or sub(text, at, at) == "\n" do at = at + 1 end
end

local function parse_text()
    at = at + 1
    local start = at
    while sub(text, at, at) ~= '"' do at = at + 1 end
    at = at + 1
    return sub(text, start, at - 2)
end

local function parse_number()
    local sign = 1
    if sub(text, at, at) == "-" then
        sign = -1
        at = at + 1
    end
    local number = 0
    while sub(text, at, at) >= "0" and sub(text, at, at) <= "9" do
        number = number * 10 + string.find("0123456789", sub(text, at, at), 1, true) - 1
        at = at + 1
    end
    return sign * number
end

local parse_value

local function parse_list()
    local items = {}
    at = at + 1
    skip_space()
    while sub(text, at, at) ~= "]" do
        items[#items + 1] = parse_value()
        skip_space()
        if sub(text, at, at) == "," then
            at = at + 1
            skip_space()
        end
    end
    at = at + 1
    return items
end

local function parse_object()
    local found = {}
    at = at + 1
    skip_space()
    while sub(text, at, at) ~= "}" do
        local key = parse_text()
        skip_space()
        at = at + 1
        skip_space()
        found[key] = parse_value()
        skip_space()
        if sub(text, at, at) == "," then
            at = at + 1
            skip_space()
        end
    end
    at = at + 1
    return found
end

function parse_value()
    local c = sub(text, at, at)
    if c == "{" then return parse_object() end
    if c == "[" then return parse_list() end
    if c == '"' then return parse_text() end
    if c == "t" then
        at = at + 4
        return true
    end
    if c == "f" then
        at = at + 5
        return false
    end
    if c == "n" then
        at = at + 4
        return NULL
    end
    return parse_number()
end

function run()
    text = make_text(400)
    local total = 0
    for round = 1, 3 do
        at = 1
        for _, record in ipairs(parse_value()) do
            total = (total + record.id * record.size.w + record.size.h + #record.name + #record.tags) % 1000003
        end
    end
    return total
end
