// Parses a page and a feed.
const h = require('htmlparser2');
const out = [];
const p = new h.Parser(
  {
    onopentag: (n, a) => out.push(['o', n, a]),
    ontext: (t) => out.push(['t', t]),
    onclosetag: (n) => out.push(['c', n]),
    oncomment: (c) => out.push(['#', c]),
    oncdatastart() {
      out.push('cd');
    },
  },
  { decodeEntities: true },
);
p.write("<a href='x' b>hé&lt;&copy;<br/><script>if(a<b)</script><!--c--><p>x<p>y&#x41;</a>");
p.end();
console.log(out);
const d = h.parseDocument('<rss><item><title>T</title><link>l</link></item></rss>', { xmlMode: true });
console.log(h.DomUtils.getOuterHTML(d), h.DomUtils.findAll((e) => e.name == 'title', d.children).length);
