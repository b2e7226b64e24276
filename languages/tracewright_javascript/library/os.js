'use strict';
const process = require('process');

function file(name) {
  const text = host.readText(name);
  return typeof text === 'string' ? text.trim() : '';
}

function memory(name) {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(file('/proc/meminfo'));
  return match ? Number(match[1]) * 1024 : 0;
}

const NAMES =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS';
const signals = Object.fromEntries(NAMES.split(' ').map((name, index) => [`SIG${name}`, index + 1]));

module.exports = {
  EOL: '\n',
  devNull: '/dev/null',
  arch: () => process.arch,
  platform: () => 'linux',
  type: () => 'Linux',
  machine: () => 'x86_64',
  release: () => file('/proc/sys/kernel/osrelease'),
  version: () => file('/proc/sys/kernel/version'),
  hostname: () => file('/proc/sys/kernel/hostname'),
  homedir: () => process.env.HOME || '/',
  tmpdir: () => (process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp').replace(/(.)\/$/, '$1'),
  endianness: () => 'LE',
  uptime: () => parseFloat(file('/proc/uptime')) || 0,
  loadavg: () => (file('/proc/loadavg') || '0 0 0').split(' ').slice(0, 3).map(Number),
  totalmem: () => memory('MemTotal'),
  freemem: () => memory('MemAvailable'),
  availableParallelism: () => module.exports.cpus().length || 1,
  cpus: () =>
    [...file('/proc/cpuinfo').matchAll(/^model name\s*:\s*(.*)$/gm)].map((match) => ({
      model: match[1],
      speed: 0,
      times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 },
    })),
  networkInterfaces: () => ({}),
  userInfo: () => ({
    uid: process.getuid(),
    gid: process.getgid(),
    username: process.env.USER || 'root',
    homedir: process.env.HOME || '/',
    shell: process.env.SHELL || null,
  }),
  constants: { signals, errno: {}, priority: {} },
};
