const d = new Date(Date.UTC(2026, 10, 29, 12, 34, 56, 789));
console.log(d.toISOString(), d.getUTCDay(), JSON.stringify(d), d.toUTCString(), String(d), d - 0);
console.log(new Date("2020-02-29").getTime(), new Date("2020-02-29T12:00").getTime(), Date.parse("Tue, 29 Nov 2026 12:00:00 GMT"), Date.parse("Nov 5, 2020 3:04 PM"), Date.parse("2020-13-01"), Date.parse(String(d)));
console.log(new Date(0).toISOString(), new Date(8.64e15).toISOString(), new Date(-62198755200000).toISOString(), isNaN(new Date(8.64e15 + 1)), new Date(2000, 0).getFullYear(), new Date(99, 0).getFullYear());
const e = new Date(0); e.setUTCFullYear(2024, 1, 29); e.setUTCHours(25); console.log(e.toISOString(), e.toLocaleString(), e.toLocaleDateString(), e.toLocaleTimeString(), e.getTimezoneOffset());
try { new Date(NaN).toISOString() } catch (x) { console.log(x.name, x.message) }
console.log(`${new Date(NaN)}`, new Date(2020, 5, 15, 10) > new Date(2020, 5, 15, 9), typeof (new Date() + 1), Date.length, new Date(1e12).toDateString());
let bad = 0; for (let y = -300; y < 3000; y += 7) for (let m = 0; m < 12; m++) { const t = Date.UTC(y, m, 1 + (m * 5) % 28); const x = new Date(t); if (y >= 100 && (x.getUTCFullYear() !== y || x.getUTCMonth() !== m)) bad++; } console.log(bad);
