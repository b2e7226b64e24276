// Reads, changes and writes HTML and XML.
const cheerio = require('cheerio');
const $ = cheerio.load(
  '<ul id="fruits"><li class="apple">Apple</li><li class="orange" data-x="1">Orange</li><li>Pear &amp; more</li></ul>',
);
$('.apple').attr('id', 'first').addClass('round').text('Äpfel');
$('ul').append('<li>Plum</li>').find('li:nth-child(2)').wrap('<b></b>');
console.log(
  $.html(),
  $('li')
    .map((i, each) => $(each).text())
    .get(),
  $('li').length,
  $('#fruits > li').eq(1).html(),
  $('[data-x]').data('x'),
);
console.log(
  cheerio.load('<x><y>1</y></x>', { xml: true }).xml(),
  $('li')
    .filter((i, e) => $(e).text().length > 4)
    .toArray().length,
);
