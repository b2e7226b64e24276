'use strict';
module.exports = require('internal/absent').absent('cluster', ['fork']);
