// Each trouble once, with the other journeys; caches.long.test.mjs has more of them.
import { declareCaches } from './caches.mjs';

declareCaches();
