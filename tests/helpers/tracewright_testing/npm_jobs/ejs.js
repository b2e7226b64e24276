// Templates.
const ejs = require('ejs');
console.log(
  ejs.render('<% for (const x of xs) { %><li><%= x %></li>\n<% } %><%- "<b>" %><%# no %>', { xs: ['a', '<b>', 3] }),
);
try {
  ejs.render('<%= nothing.x %>', {});
} catch (e) {
  console.log(e.message);
}
