
let started = performance.now();
prepare(MEGABYTES);
console.log("prepare", performance.now() - started);
let worst = 0;
let all = 0;
let answer = 0;
for (let number = 0; number < STEPS; number++) {
    started = performance.now();
    answer = (answer + step(number)) % 1000003;
    const taken = performance.now() - started;
    all += taken;
    worst = Math.max(worst, taken);
}
console.log("steps", all);
console.log("worst", worst);
console.log("answer", answer);
