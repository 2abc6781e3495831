import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..', '..');
export const LIB = __dirname;
export const CACHE = join(ROOT, '.cache');
