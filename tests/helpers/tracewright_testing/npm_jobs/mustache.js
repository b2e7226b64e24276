const mustache = require('mustache');
const view = { a: [{ n: 1 }, { n: 2 }], h: '<&>' };
console.log(mustache.render('{{#a}}{{n}},{{/a}}{{^b}}none{{/b}}{{{h}}}{{h}} {{> p}}', view, { p: 'part' }));
