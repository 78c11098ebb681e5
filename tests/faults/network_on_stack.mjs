// Faults of the network, processes that stand still and what is used up, on one house with gates.
import { after, describe, test } from 'node:test';
import { Chance } from '../journeys/chance.mjs';
import { Callers } from './callers.mjs';
import { GatedHouse } from './gated_house.mjs';
import { declareNetwork } from './network.mjs';
import { declareResources } from './resources.mjs';
import { declareStops } from './stops.mjs';

const chance = new Chance();
const house = await GatedHouse.raise(chance);
const callers = await Callers.begin(house.gateway);

describe(`in trouble (GUILDHALL_SEED=${chance.seed})`, () => {
  // Before the stack is taken down.
  after(async () => {
    await callers.stop();
    await house.lower();
  });
  declareNetwork(house, callers, chance);
  declareStops(house, callers);
  declareResources(house, callers);
  test('no acknowledged write is lost or done twice', () => callers.conclude());
});
