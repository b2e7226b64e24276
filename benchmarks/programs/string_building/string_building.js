// Strings: lines of 100 digits put together one by one, collected in an array, joined.
function lineOf(number) {
    let line = "";
    for (let i = 0; i < 100; i++) line = line + String((number * 31 + i * i) % 10);
    return line;
}

function run() {
    const lines = [];
    for (let number = 0; number < 24000; number++) lines.push(lineOf(number));
    const text = lines.join(";");
    return `${text.length} ${text[7]} ${text[1000005]} ${text[text.length - 1]}`;
}
