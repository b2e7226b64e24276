// Templates by indentation.
const pug = require('pug');
console.log(
  pug.render(
    'doctype html\nhtml\n  head\n    title= t\n  body\n    mixin m(a)\n      p.x(class=a)&attributes(attributes)= a\n    each v, i in xs\n      +m(v)#id\n    if xs.length > 1\n      | many #{xs.length}\n    else\n      | few',
    { t: 'T<', xs: ['a', 'b'] },
  ),
);
