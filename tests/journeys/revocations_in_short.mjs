// Each fault once, with the other journeys; revocations.long.test.mjs has a thousand trials.
import { declareRevocations } from './revocations.mjs';

declareRevocations();
