-- Floats in local variables: how many steps the points of a 400 x 400 grid take to escape, 60 at most.
local function run(size)
    local steps = 0
    local inside = 0
    for row = 0, size - 1 do
        local ci = 2.0 * row / size - 1.0
        for column = 0, size - 1 do
            local cr = 3.0 * column / size - 2.0
            local zr = 0.0
            local zi = 0.0
            local step = 0
            while step < 60 and zr * zr + zi * zi < 4.0 do
                local following = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = following
                step = step + 1
            end
            steps = steps + step
            if step == 60 then
                inside = inside + 1
            end
        end
    end
    print(steps .. " " .. inside)
end

run(400)
