'use strict';
module.exports = require('internal/absent').absent('dns', ['lookup', 'resolve']);
