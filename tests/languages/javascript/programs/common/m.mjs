export const x = 1;
export default function d() {
  return 'dflt';
}
export { default as pk } from 'pk';
import fs, { readFileSync } from 'fs';
export const same = fs.readFileSync === readFileSync;
import q, { k } from '@s/q';
export const qq = [q, k];
import { z } from '@s/q/x/z';
export { z };
import * as ns from './common.cjs';
export { ns };
import data from './sub/d.json' with { type: 'json' };
export { data };
