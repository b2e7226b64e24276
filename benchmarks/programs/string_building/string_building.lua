-- Strings: lines of 100 digits put together one by one, collected in an array, joined.
local function line_of(number)
    local line = ""
    for i = 0, 99 do
        line = line .. tostring((number * 31 + i * i) % 10)
    end
    return line
end

local function run(n)
    local lines = {}
    for number = 0, n - 1 do
        lines[#lines + 1] = line_of(number)
    end
    return table.concat(lines, ";")
end

local text = run(24000)
print(#text .. " " .. text:sub(8, 8) .. " " .. text:sub(1000006, 1000006) .. " " .. text:sub(-1))
