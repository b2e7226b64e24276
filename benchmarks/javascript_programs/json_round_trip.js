// JSON there and back: records are written, read, changed, written again; a reviver and a replacer take part.
function makeRecords(count) {
    const records = [];
    for (let i = 0; i < count; i++) {
        records.push({
            id: i,
            name: "name \"" + i + "\"\n",
            price: i * 1.25 + 0.1,
            tags: ["t" + (i % 7), "t" + (i % 5), "\u00e9\u4e16"],
            nested: { flag: i % 2 === 0, nothing: null, deep: { list: [i, -i, i / 3], empty: {}, none: [] } },
            when: i % 3 ? "2026-01-" + (10 + (i % 20)) : undefined,
        });
    }
    return records;
}

function checksum(text) {
    let sum = 0;
    for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
    return sum >>> 0;
}

function run() {
    let records = makeRecords(400);
    let total = 0;
    for (let round = 0; round < 6; round++) {
        const text = JSON.stringify(records);
        total = (total + checksum(text)) % 1000003;
        records = JSON.parse(text);
        for (const record of records) {
            record.nested.deep.list.push(round);
            record.price += record.tags.length;
        }
    }
    const shown = JSON.stringify(records.slice(0, 100), (key, value) => (key === "none" ? undefined : value), 2);
    const revived = JSON.parse(shown, (key, value) => (typeof value === "number" ? Math.round(value) : value));
    return total + shown.length + revived.reduce((sum, record) => sum + record.price + record.nested.deep.list[2], 0);
}
