// Evaluates, derives and solves.
const m = require('mathjs');
console.log(
  m.evaluate('sqrt(3^2+4^2)'),
  m.evaluate('2 inch to cm').toString(),
  m.derivative('x^2+sin(x)*x', 'x').toString(),
  m.simplify('2x+3x+x*0').toString(),
);
console.log(
  m.format(
    m.inv([
      [1, 2],
      [3, 4],
    ]),
  ),
  m.det([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 10],
  ]),
  m.bignumber('1.1').plus('2.2').toString(),
  m.fraction(1, 3).add(m.fraction(1, 6)).toString(),
);
console.log(
  m.complex(2, 3).mul(m.complex(1, -1)).toString(),
  m.lup([
    [2, 1],
    [1, 3],
  ]),
  m.eigs([
    [2, 0],
    [0, 3],
  ]),
);
const p = m.parser();
p.evaluate('f(x,y)=x^y+2');
console.log(p.evaluate('f(2,3)'), m.parse('a*(b+c)/2').toTex(), m.std([1, 2, 3, 4]), m.range(0, 10, 3) + '');
console.log(
  m.evaluate(['a=3', 'b=a*2', '[a,b;1,2]*[1;2]'], {}) + '',
  m.unit('5 km/h').to('m/s').format(4),
  m.gcd(12, 18),
  m.factorial(20),
  m.combinations(10, 3),
);
