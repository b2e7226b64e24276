// XML to objects and back.
const { XMLParser, XMLBuilder, XMLValidator } = require('fast-xml-parser');
const p = new XMLParser({ ignoreAttributes: false });
const o = p.parse(
  '<?xml version="1.0"?><root a="1"><item id="x">5</item><item>text &lt;</item><![CDATA[raw]]><e/></root>',
);
console.log(JSON.stringify(o));
console.log(new XMLBuilder({ ignoreAttributes: false, format: true }).build(o));
console.log(XMLValidator.validate('<a><b></a>'));
