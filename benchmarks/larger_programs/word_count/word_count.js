// Words of a text are counted and ranked.
function makeText(words) {
    const roots = ["alpha", "beta", "gamma", "delta", "eps", "zeta", "eta", "theta"];
    const parts = [];
    let seed = 5;
    for (let i = 0; i < words; i++) {
        seed = (seed * 16807) % 2147483647;
        let word = roots[seed % 8];
        if (seed % 3 === 0) word += roots[Math.floor(seed / 8) % 8];
        if (seed % 7 === 0) word += ",";
        parts.push(word);
    }
    return parts.join(" ");
}

function run() {
    const text = makeText(6000);
    const counts = new Map();
    let word = "";
    const length = text.length;
    for (let i = 0; i <= length; i++) {
        const c = i < length ? text[i] : " ";
        if (c >= "a" && c <= "z") {
            word += c;
        } else if (word !== "") {
            if (counts.has(word)) counts.set(word, counts.get(word) + 1);
            else counts.set(word, 1);
            word = "";
        }
    }
    let total = 0;
    for (const name of counts.keys()) {
        let rank = 1;
        for (const other of counts.keys()) {
            if (counts.get(other) > counts.get(name)) rank += 1;
        }
        total = (total + rank * counts.get(name) + name.length) % 1000003;
    }
    return total;
}
