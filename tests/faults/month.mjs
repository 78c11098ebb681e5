// Two months in which members write: what is to go goes in its time and nothing before it, what
// counts is right, PostgreSQL keeps its tables small by itself, and who listens or was away goes on.
import { Chance } from '../journeys/chance.mjs';
import { untilHolds } from '../journeys/listener.mjs';
import { stack } from '../journeys/stack.mjs';
import { DAMAGES, KEPT_DAYS, assertKept, assertMended, assertSmall, assertVacuumed }
  from './aging.mjs';
import { Household, SESSION_DAYS } from './household.mjs';

// Until sessions of the first day have been ended for longer than they are kept.
const DAYS = SESSION_DAYS + KEPT_DAYS + 3;

/** Days pass in steps of so many, and after each so many writes are acknowledged at least. */
export async function month(t, { daysAtOnce, writes }) {
  const chance = new Chance();
  t.diagnostic(`GUILDHALL_SEED=${chance.seed}`);
  const household = await Household.settle(t, chance);
  const { calendar, town } = household;
  const wroteOn = [0];
  for (let step = 0; calendar.today < DAYS; ++step) {
    const { metric, owner, damage } = DAMAGES[step % DAMAGES.length];
    await calendar.pass(daysAtOnce, () => stack.sql(owner, damage));
    await household.comeBack(daysAtOnce);
    await household.write(writes);
    wroteOn.push(calendar.today);
    await untilHolds(() => assertMended(metric));
    await untilHolds(() => assertKept(calendar.today,
        { writes, wroteOn, signedInOn: household.signedInOn }));
    await assertVacuumed();
    await household.assertFound();
  }
  await household.reckon();
  await assertVacuumed({ told: true });
  t.diagnostic(`${town.acknowledged} acknowledged, ${town.refusals} repeated`);
  t.diagnostic(await assertSmall());
}
