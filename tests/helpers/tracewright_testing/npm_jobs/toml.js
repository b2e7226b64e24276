// Settings as TOML.
console.log(
  JSON.stringify(
    require('toml').parse(
      'title = "x"\n[a.b]\nn = 5\nf = 1.5\nd = 1979-05-27T07:32:00Z\nl = [1, 2]\n[[p]]\nq = true\n[[p]]\nq = false\n',
    ),
  ),
);
try {
  require('toml').parse('a = ');
} catch (e) {
  console.log(e.message, e.line);
}
