// Markdown to HTML.
const md = require('markdown-it')({ html: true, linkify: true, typographer: true });
console.log(
  md.render(
    '# Title\n\n* a\n* b\n    1. c\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n\n```js\ncode<>\n```\n"quoted" -- http://x.y/z ~~no~~ ![i](u "t")\n',
  ),
);
