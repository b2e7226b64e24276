'use strict';
module.exports = require('internal/absent').absent('repl', ['start']);
