// Floats in arrays: five bodies attract each other; prints the energy in units of 10**-9.
#include <math.h>
#include <stdint.h>
#include <stdio.h>

enum { N = 5 };

static double px[N] = {0.0, 4.84143144246472, 8.34336671824458, 12.8943695621391, 15.3796971148509};
static double py[N] = {0.0, -1.16032004402743, 4.1247985641243, -15.1111514016986, -25.9193146099879};
static double pz[N] = {0.0, -0.103622044471123, -0.403523417114321, -0.223307578892656, 0.179258772950371};
static double vx[N] = {0.0, 0.606326392995832, -1.01077434617879, 1.08279100644154, 0.979090732243898};
static double vy[N] = {0.0, 2.81198684491626, 1.82566237123041, 0.868713018169608, 0.594698998647676};
static double vz[N] = {0.0, -0.0252183616598876, 0.00841576137658415, -0.010832637401363, -0.0347559555078104};
static double mass[N] = {39.4784176043574, 0.0376936749096657, 0.011286324919547, 0.00172372405705971, 0.00203368686992463};

static void advance(int64_t steps, double dt) {
    for (int64_t step = 0; step < steps; step++) {
        for (int i = 0; i < N; i++) {
            for (int j = i + 1; j < N; j++) {
                double dx = px[i] - px[j];
                double dy = py[i] - py[j];
                double dz = pz[i] - pz[j];
                double square = dx * dx + dy * dy + dz * dz;
                double pull = dt / (square * sqrt(square));
                vx[i] = vx[i] - dx * mass[j] * pull;
                vy[i] = vy[i] - dy * mass[j] * pull;
                vz[i] = vz[i] - dz * mass[j] * pull;
                vx[j] = vx[j] + dx * mass[i] * pull;
                vy[j] = vy[j] + dy * mass[i] * pull;
                vz[j] = vz[j] + dz * mass[i] * pull;
            }
        }
        for (int i = 0; i < N; i++) {
            px[i] = px[i] + dt * vx[i];
            py[i] = py[i] + dt * vy[i];
            pz[i] = pz[i] + dt * vz[i];
        }
    }
}

static double energy(void) {
    double total = 0.0;
    for (int i = 0; i < N; i++) {
        total = total + 0.5 * mass[i] * (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i]);
        for (int j = i + 1; j < N; j++) {
            double dx = px[i] - px[j];
            double dy = py[i] - py[j];
            double dz = pz[i] - pz[j];
            total = total - mass[i] * mass[j] / sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return total;
}

int main(void) {
    advance(100000, 0.01);
    printf("%ld\n", (long)(energy() * 1000000000.0));
    return 0;
}
