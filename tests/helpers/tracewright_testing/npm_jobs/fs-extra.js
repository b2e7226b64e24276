// Files and folders: copies, moves, JSON.
const fs = require('fs-extra'),
  path = require('path'),
  os = require('os');
(async () => {
  const d = fs.mkdtempSync(path.join(os.tmpdir(), 'x-'));
  await fs.outputJson(path.join(d, 'a/b/c.json'), { x: 1 });
  await fs.copy(path.join(d, 'a'), path.join(d, 'z'));
  console.log(await fs.readJson(path.join(d, 'z/b/c.json')), await fs.pathExists(path.join(d, 'q')), fs.readdirSync(d));
  await fs.ensureDir(path.join(d, 'e/f'));
  await fs.move(path.join(d, 'z'), path.join(d, 'm'));
  console.log(fs.readdirSync(d));
  await fs.emptyDir(d);
  console.log(fs.readdirSync(d));
  await fs.remove(d);
  console.log(fs.existsSync(d));
  require('mkdirp').sync(path.join(d, 'x/y'));
  console.log(fs.existsSync(path.join(d, 'x/y')));
  fs.removeSync(d);
})();
