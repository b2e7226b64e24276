-- Floats in arrays: five bodies attract each other; prints the energy in units of 10**-9.
local sqrt = math.sqrt

local px = { 0.0, 4.84143144246472, 8.34336671824458, 12.8943695621391, 15.3796971148509 }
local py = { 0.0, -1.16032004402743, 4.1247985641243, -15.1111514016986, -25.9193146099879 }
local pz = { 0.0, -0.103622044471123, -0.403523417114321, -0.223307578892656, 0.179258772950371 }
local vx = { 0.0, 0.606326392995832, -1.01077434617879, 1.08279100644154, 0.979090732243898 }
local vy = { 0.0, 2.81198684491626, 1.82566237123041, 0.868713018169608, 0.594698998647676 }
local vz = { 0.0, -0.0252183616598876, 0.00841576137658415, -0.010832637401363, -0.0347559555078104 }
local mass = { 39.4784176043574, 0.0376936749096657, 0.011286324919547, 0.00172372405705971, 0.00203368686992463 }

local function advance(steps, dt)
    local x, y, z, u, v, w = px, py, pz, vx, vy, vz
    local n = #mass
    for _ = 1, steps do
        for i = 1, n do
            for j = i + 1, n do
                local dx = x[i] - x[j]
                local dy = y[i] - y[j]
                local dz = z[i] - z[j]
                local square = dx * dx + dy * dy + dz * dz
                local pull = dt / (square * sqrt(square))
                u[i] = u[i] - dx * mass[j] * pull
                v[i] = v[i] - dy * mass[j] * pull
                w[i] = w[i] - dz * mass[j] * pull
                u[j] = u[j] + dx * mass[i] * pull
                v[j] = v[j] + dy * mass[i] * pull
                w[j] = w[j] + dz * mass[i] * pull
            end
        end
        for i = 1, n do
            x[i] = x[i] + dt * u[i]
            y[i] = y[i] + dt * v[i]
            z[i] = z[i] + dt * w[i]
        end
    end
end

local function energy()
    local total = 0.0
    for i = 1, #mass do
        total = total + 0.5 * mass[i] * (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i])
        for j = i + 1, #mass do
            local dx = px[i] - px[j]
            local dy = py[i] - py[j]
            local dz = pz[i] - pz[j]
            total = total - mass[i] * mass[j] / sqrt(dx * dx + dy * dy + dz * dz)
        end
    end
    return total
end

advance(100000, 0.01)
print(string.format("%d", energy() * 1000000000.0))
