const handlebars = require('handlebars');
handlebars.registerHelper('up', (text) => text.toUpperCase());
handlebars.registerPartial('item', '<i>{{name}}</i>');
const template = handlebars.compile(
  '<ul>{{#each items}}<li class="{{@index}}">{{up name}} {{> item}} {{#if ok}}yes{{else}}no{{/if}}</li>{{/each}}</ul>{{{raw}}} {{escaped}}',
);
console.log(template({ items: [{ name: 'a', ok: 1 }, { name: 'b' }], raw: '<b>', escaped: '<b>' }));
console.log(handlebars.precompile('{{a}} {{#with b}}{{c}}{{/with}}'));
try {
  handlebars.compile('{{#if}}')({});
} catch (error) {
  console.log(error.message);
}
