// Tables as text.
const { parse } = require('csv-parse/sync');
console.log(parse('a,b,c\n1,"x, y",3\n4,"q""q",\n', { columns: true, cast: true }));
require('csv-parse').parse('x;y\n1;2\n', { delimiter: ';' }, (e, r) => console.log(e, r));
