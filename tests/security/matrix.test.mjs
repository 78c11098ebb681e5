// Every method, asked by everybody: what the committed policy says is what the running stack does.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useStack } from '../journeys/stack.mjs';
import { declareAudiences } from './audiences.mjs';
import { declareCredentials } from './credentials.mjs';
import { METHODS } from './methods.mjs';
import { ACTS, ANYONE } from './permissions.mjs';
import { REQUESTS } from './requests.mjs';
import { declareStandings } from './standings.mjs';
import { declareTwoWorlds } from './two_worlds.mjs';
import { World } from './world.mjs';
import { declareWrittenWorlds } from './written_worlds.mjs';

await useStack();
const world = await World.make();

test('every method has a request and a row', () => {
  for (const { name } of METHODS) {
    assert.ok(name in REQUESTS, `${name}: add a request to requests.mjs`);
    assert.ok(ACTS.has(name) || ANYONE.includes(name), `${name} has no row in permissions.md`);
  }
});

declareStandings(world);
declareCredentials();
describe('a credential for another', declareAudiences);
describe('in two worlds', declareTwoWorlds);
describe('in two worlds that are written in', declareWrittenWorlds);
