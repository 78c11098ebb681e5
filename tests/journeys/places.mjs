// Where the checkout is, and the folder in which the journeys keep what they make.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const state = process.env.GUILDHALL_STATE ?? join(root, '.state');
export const folder = join(state, 'journeys');
