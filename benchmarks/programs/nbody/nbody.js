// Floats in arrays: five bodies attract each other; gives the energy in units of 10**-9.
const mass = [39.4784176043574, 0.0376936749096657, 0.011286324919547, 0.00172372405705971, 0.00203368686992463];

function advance(steps, dt, px, py, pz, vx, vy, vz) {
    const n = mass.length;
    for (let step = 0; step < steps; step++) {
        for (let i = 0; i < n; i++) {
            for (let j = i + 1; j < n; j++) {
                const dx = px[i] - px[j];
                const dy = py[i] - py[j];
                const dz = pz[i] - pz[j];
                const square = dx * dx + dy * dy + dz * dz;
                const pull = dt / (square * Math.sqrt(square));
                vx[i] = vx[i] - dx * mass[j] * pull;
                vy[i] = vy[i] - dy * mass[j] * pull;
                vz[i] = vz[i] - dz * mass[j] * pull;
                vx[j] = vx[j] + dx * mass[i] * pull;
                vy[j] = vy[j] + dy * mass[i] * pull;
                vz[j] = vz[j] + dz * mass[i] * pull;
            }
        }
        for (let i = 0; i < n; i++) {
            px[i] = px[i] + dt * vx[i];
            py[i] = py[i] + dt * vy[i];
            pz[i] = pz[i] + dt * vz[i];
        }
    }
}

function energy(px, py, pz, vx, vy, vz) {
    let total = 0.0;
    for (let i = 0; i < mass.length; i++) {
        total = total + 0.5 * mass[i] * (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i]);
        for (let j = i + 1; j < mass.length; j++) {
            const dx = px[i] - px[j];
            const dy = py[i] - py[j];
            const dz = pz[i] - pz[j];
            total = total - (mass[i] * mass[j]) / Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return total;
}

function run() {
    const px = [0.0, 4.84143144246472, 8.34336671824458, 12.8943695621391, 15.3796971148509];
    const py = [0.0, -1.16032004402743, 4.1247985641243, -15.1111514016986, -25.9193146099879];
    const pz = [0.0, -0.103622044471123, -0.403523417114321, -0.223307578892656, 0.179258772950371];
    const vx = [0.0, 0.606326392995832, -1.01077434617879, 1.08279100644154, 0.979090732243898];
    const vy = [0.0, 2.81198684491626, 1.82566237123041, 0.868713018169608, 0.594698998647676];
    const vz = [0.0, -0.0252183616598876, 0.00841576137658415, -0.010832637401363, -0.0347559555078104];
    advance(100000, 0.01, px, py, pz, vx, vy, vz);
    return Math.trunc(energy(px, py, pz, vx, vy, vz) * 1000000000.0);
}
