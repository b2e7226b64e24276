export const named = 'by name';
export { named as 'module.exports' };
