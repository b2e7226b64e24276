// Regular expressions over the lines of a log: fields, counts by hour, masked addresses, broken lines, words.
const LINE = /^(\d{1,3}(?:\.\d{1,3}){3}) - (\w+|-) \[(\d\d)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)\] "(GET|POST|PUT) ([^"\s]+) HTTP\/1\.[01]" (\d{3}) (\d+|-)$/;
const ADDRESS = /\b(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}\b/g;
const WORD = /[a-z]+/gi;
const QUERY = /[?&](?<key>\w+)=(?<value>[^&#]*)/g;
const SUSPICIOUS = /(?:\.\.\/|%2e|select\s|<script|admin)/i;

function makeLog(count) {
    const months = ["Jan", "Feb", "Mar"];
    const paths = ["/index.html", "/img/logo.png?size=3&kind=a", "/api/v1/items?id=77&sort=name#top", "/../etc/passwd", "/admin/login?user=x", "/a/very/long/path/to/some/page.html"];
    const lines = [];
    for (let i = 0; i < count; i++) {
        const two = (n) => String(n % 60).padStart(2, "0");
        const address = `${10 + (i % 9)}.${i % 256}.${(i * 7) % 256}.${(i * 13) % 256}`;
        const time = `${two((i % 28) + 1)}/${months[i % 3]}/2026:${two(i % 24)}:${two(i * 7)}:${two(i * 11)}`;
        const user = i % 5 === 0 ? "-" : "user" + (i % 17);
        const broken = i % 37 === 0 ? " extra" : "";
        lines.push(`${address} - ${user} [${time}] "${i % 4 ? "GET" : "POST"} ${paths[i % paths.length]} HTTP/1.1" ${i % 11 ? 200 : 404} ${i % 13 ? i * 17 : "-"}${broken}`);
    }
    return lines.join("\n");
}

function run() {
    const log = makeLog(1500);
    const byHour = new Map();
    let broken = 0;
    let bytes = 0;
    let suspicious = 0;
    let queries = 0;
    for (const line of log.split("\n")) {
        const found = LINE.exec(line);
        if (found === null) {
            broken++;
            continue;
        }
        const [, , , , , , hour, , , , path, , size] = found;
        byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
        if (size !== "-") bytes += Number(size);
        if (SUSPICIOUS.test(path)) suspicious++;
        for (const query of path.matchAll(QUERY)) queries += query.groups.key.length * 10 + query.groups.value.length;
    }
    const masked = log.replace(ADDRESS, (_, a, b) => `${a}.${b}.x.x`);
    const words = {};
    for (const word of masked.match(WORD)) words[word.toLowerCase()] = (words[word.toLowerCase()] || 0) + 1;
    const frequent = Object.entries(words).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 5);
    const squeezed = masked.replace(/[^a-z0-9\n]+/gi, " ").replace(/^\s+|\s+$/gm, "");
    return broken * 7 + suspicious + queries + bytes + byHour.size + frequent.reduce((sum, [word, n]) => sum + word.length * n, 0) + squeezed.length;
}
