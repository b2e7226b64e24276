import { hoisted } from './cycle.mjs'
export let x = 1
export function inc() { x++ }
export const y = 2
export default function () { return 'default ' + hoisted() }
