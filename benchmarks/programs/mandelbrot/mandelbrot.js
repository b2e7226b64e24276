// Floats in local variables: how many steps the points of a 400 x 400 grid take to escape, 60 at most.
function run() {
    const size = 400;
    let steps = 0;
    let inside = 0;
    for (let row = 0; row < size; row++) {
        const ci = (2.0 * row) / size - 1.0;
        for (let column = 0; column < size; column++) {
            const cr = (3.0 * column) / size - 2.0;
            let zr = 0.0;
            let zi = 0.0;
            let step = 0;
            while (step < 60 && zr * zr + zi * zi < 4.0) {
                const following = zr * zr - zi * zi + cr;
                zi = 2.0 * zr * zi + ci;
                zr = following;
                step = step + 1;
            }
            steps = steps + step;
            if (step === 60) inside = inside + 1;
        }
    }
    return `${steps} ${inside}`;
}
