// Where the checkout is, and the folder in which the running tests keep what they make.
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const state = process.env.GUILDHALL_STATE ?? join(root, '.state');
// Named after the folder of the tests, so that two of them can run side by side: a stack for each.
export const folder = join(state, basename(dirname(process.argv[1])));
