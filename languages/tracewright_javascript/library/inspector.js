'use strict';
module.exports = require('internal/absent').absent('inspector', ['open', 'Session']);
module.exports.url = () => undefined;
