export * from './b.mjs'
export const z = await Promise.resolve('zz')
export default class {}
