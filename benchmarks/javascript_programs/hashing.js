// Bits of ints: SHA-256 of many blocks, and a block cipher of shifts and additions whose result is deciphered again.
const CONSTANTS = [];
const START = [];

function fraction(x) {
    return ((x - Math.floor(x)) * 4294967296) | 0;
}

(function makeConstants() {
    for (let candidate = 2; CONSTANTS.length < 64; candidate++) {
        let isPrime = true;
        for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) isPrime = false;
        if (!isPrime) continue;
        if (START.length < 8) START.push(fraction(Math.sqrt(candidate)));
        CONSTANTS.push(fraction(Math.cbrt(candidate)));
    }
})();

function rotate(x, n) {
    return (x >>> n) | (x << (32 - n));
}

function sha256(bytes) {
    const length = bytes.length;
    const words = [];
    const blocks = ((length + 8) >> 6) + 1;
    for (let i = 0; i < blocks * 16; i++) words.push(0);
    for (let i = 0; i < length; i++) words[i >> 2] |= bytes[i] << (24 - (i & 3) * 8);
    words[length >> 2] |= 0x80 << (24 - (length & 3) * 8);
    words[blocks * 16 - 1] = length * 8;
    const state = START.slice();
    const w = new Array(64).fill(0);
    for (let block = 0; block < blocks; block++) {
        for (let i = 0; i < 16; i++) w[i] = words[block * 16 + i];
        for (let i = 16; i < 64; i++) {
            const a = w[i - 15];
            const b = w[i - 2];
            const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
            const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
            w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
        let [a, b, c, d, e, f, g, h] = state;
        for (let i = 0; i < 64; i++) {
            const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
            const first = (h + s1 + ((e & f) ^ (~e & g)) + CONSTANTS[i] + w[i]) | 0;
            const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
            const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
            h = g;
            g = f;
            f = e;
            e = (d + first) | 0;
            d = c;
            c = b;
            b = a;
            a = (first + second) | 0;
        }
        const now = [a, b, c, d, e, f, g, h];
        for (let i = 0; i < 8; i++) state[i] = (state[i] + now[i]) | 0;
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

const DELTA = 0x9e3779b9;

function encipher(pair, key) {
    let [y, z] = pair;
    let sum = 0;
    for (let round = 0; round < 32; round++) {
        y = (y + ((((z << 4) ^ (z >>> 5)) + z) ^ (sum + key[sum & 3]))) >>> 0;
        sum = (sum + DELTA) >>> 0;
        z = (z + ((((y << 4) ^ (y >>> 5)) + y) ^ (sum + key[(sum >>> 11) & 3]))) >>> 0;
    }
    return [y, z];
}

function decipher(pair, key) {
    let [y, z] = pair;
    let sum = (DELTA * 32) >>> 0;
    for (let round = 0; round < 32; round++) {
        z = (z - ((((y << 4) ^ (y >>> 5)) + y) ^ (sum + key[(sum >>> 11) & 3]))) >>> 0;
        sum = (sum - DELTA) >>> 0;
        y = (y - ((((z << 4) ^ (z >>> 5)) + z) ^ (sum + key[sum & 3]))) >>> 0;
    }
    return [y, z];
}

function run() {
    const bytes = Array.from({ length: 4000 }, (_, i) => (i * 31 + (i >> 3)) & 255);
    if (sha256([97, 98, 99]).slice(0, 8) !== "ba7816bf") throw new Error("SHA-256 is wrong");
    let digest = "";
    for (let round = 0; round < 12; round++) {
        digest = sha256(bytes);
        for (let i = 0; i < 32; i++) bytes[i] = parseInt(digest.slice(2 * i, 2 * i + 2), 16);
    }
    const key = [0x1234567, 0x89abcdef, 0xfedcba98, 0x76543210];
    let check = 0;
    for (let i = 0; i < 3000; i++) {
        const cipher = encipher([i, i * 77], key);
        const [y, z] = decipher(cipher, key);
        if (y !== i || z !== i * 77) throw new Error("the cipher does not come back");
        check = (check + cipher[0] + cipher[1]) % 1000003;
    }
    return parseInt(digest.slice(0, 7), 16) + check;
}
