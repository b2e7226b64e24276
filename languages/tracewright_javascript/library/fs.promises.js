'use strict';
module.exports = require('fs').promises;

require('internal/absent').addMissing(module.exports, 'fs/promises', ['chmod', 'chown', 'lchmod', 'lchown', 'link', 'lutimes', 'opendir', 'readlink', 'statfs', 'symlink', 'utimes', 'watch']);
