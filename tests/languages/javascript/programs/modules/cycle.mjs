import { y } from './b.mjs'
export function hoisted() { return 'h' + y }
