
for (let round = 0; round < Number(process.argv[2]); round++) {
    const started = performance.now();
    const answer = run();
    console.log("round", performance.now() - started, answer);
}
