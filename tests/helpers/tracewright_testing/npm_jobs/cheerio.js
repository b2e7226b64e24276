// Changes and asks a page.
const c = require('cheerio');
const $ = c.load(
  '<ul id="f"><li class="a b">A</li><li class=c>B &amp; é</li><!-- x --></ul><p>t<br>u<table><tr><td>1</table>',
);
$('li.a').addClass('z').text('q<');
$('ul').append('<li>new</li>').attr('data-x', '1');
console.log(
  $.html(),
  $('li')
    .map((i, e) => $(e).text())
    .get(),
  $('ul > li:nth-child(2)').html(),
  $('li:not(.a)').length,
  $('p').next().find('td').text(),
  $('[data-x]').data('x'),
);
console.log(
  $('li').eq(1).parent().children().last().prev().toString(),
  $('li').filter((i, e) => i % 2 == 0).length,
  $('ul').serializeArray(),
  $.root().html().length,
);
