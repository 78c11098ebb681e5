// A thousand revocations with everything that may go wrong: `tools/dev test --all`.
import './contracts.mjs';
import { useStack } from './stack.mjs';

await useStack();
const { declareRevocations } = await import('./revocations.mjs');
declareRevocations({ trials: 1000 });
