'use strict';
module.exports = require('internal/absent').absent('dns/promises', ['lookup', 'resolve']);
