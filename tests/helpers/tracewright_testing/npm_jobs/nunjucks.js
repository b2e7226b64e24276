const nunjucks = require('nunjucks');
nunjucks.configure({ autoescape: true });
const template =
  '{% macro f(x) %}[{{ x|upper }}]{% endmacro %}{% for i in items %}{{ loop.index }}:{{ f(i) }} {% else %}none{% endfor %}' +
  '{{ "<b>" }} {{ items|join(",")|safe }} {% if a and not b %}t{% endif %} {{ 1 + 2 * 3 }} {{ items | length }}';
console.log(nunjucks.renderString(template, { items: ['a', 'b'], a: 1 }));
