"""Floats in arrays: five bodies attract each other; prints the energy in units of 10**-9."""

from math import sqrt

px = [0.0, 4.84143144246472, 8.34336671824458, 12.8943695621391, 15.3796971148509]
py = [0.0, -1.16032004402743, 4.1247985641243, -15.1111514016986, -25.9193146099879]
pz = [0.0, -0.103622044471123, -0.403523417114321, -0.223307578892656, 0.179258772950371]
vx = [0.0, 0.606326392995832, -1.01077434617879, 1.08279100644154, 0.979090732243898]
vy = [0.0, 2.81198684491626, 1.82566237123041, 0.868713018169608, 0.594698998647676]
vz = [0.0, -0.0252183616598876, 0.00841576137658415, -0.010832637401363, -0.0347559555078104]
mass = [39.4784176043574, 0.0376936749096657, 0.011286324919547, 0.00172372405705971, 0.00203368686992463]


def advance(steps, dt):
    x, y, z, u, v, w = px, py, pz, vx, vy, vz
    n = len(mass)
    for _ in range(steps):
        for i in range(n):
            for j in range(i + 1, n):
                dx = x[i] - x[j]
                dy = y[i] - y[j]
                dz = z[i] - z[j]
                square = dx * dx + dy * dy + dz * dz
                pull = dt / (square * sqrt(square))
                u[i] = u[i] - dx * mass[j] * pull
                v[i] = v[i] - dy * mass[j] * pull
                w[i] = w[i] - dz * mass[j] * pull
                u[j] = u[j] + dx * mass[i] * pull
                v[j] = v[j] + dy * mass[i] * pull
                w[j] = w[j] + dz * mass[i] * pull
        for i in range(n):
            x[i] = x[i] + dt * u[i]
            y[i] = y[i] + dt * v[i]
            z[i] = z[i] + dt * w[i]


def energy():
    total = 0.0
    for i in range(len(mass)):
        total = total + 0.5 * mass[i] * (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i])
        for j in range(i + 1, len(mass)):
            dx = px[i] - px[j]
            dy = py[i] - py[j]
            dz = pz[i] - pz[j]
            total = total - mass[i] * mass[j] / sqrt(dx * dx + dy * dy + dz * dz)
    return total


advance(100000, 0.01)
print(int(energy() * 1000000000.0))
