// What operators see of the journeys before: health, metrics, traces, logs without personal data.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { directory, discussions } from './contracts.mjs';
import { CUSTOMERS, EMPLOYEES, PASSWORD, Person } from './people.mjs';
import { holdRow } from './locks.mjs';
import { root } from './places.mjs';
import { stack } from './stack.mjs';
import { pathOf, sendJson } from './wire.mjs';

const LOGGED_WITHIN_MS = 30_000;
const SERVERS = ['postgres', 'redis'];
const ours = () => stack.processes.filter((name) => !SERVERS.includes(name));

describe('each process', () => {
  test('says that it lives and is ready', async () => {
    for (const name of ours()) {
      for (const path of ['livez', 'readyz']) {
        assert.equal((await fetch(`${stack.admin(name)}/${path}`)).status, 200, `${name} ${path}`);
      }
    }
  });

  test('has metrics that promtool finds in order', async () => {
    for (const name of ours()) {
      const metrics = await (await fetch(`${stack.admin(name)}/metrics`)).text();
      assert.match(metrics, name.startsWith('gateway')
        ? /^guildhall_gateway_requests_total\{/m : /^grpc_server_handled_total\{/m);
      execFileSync('promtool', ['check', 'metrics'], { input: metrics });
    }
  });

  test('has the metrics that deploy/README.md explains, and no others', async () => {
    const told = new Set();
    for (const name of ours()) {
      const metrics = await (await fetch(`${stack.admin(name)}/metrics`)).text();
      for (const [, metric] of metrics.matchAll(/^# TYPE (\S+)/gm)) told.add(metric);
    }
    const page = readFileSync(join(root, 'deploy/README.md'), 'utf8');
    const [chapter] = page.split('\n## ').filter((each) => each.startsWith('Metrics\n'));
    const rows = chapter.split('\n').filter((line) => line.startsWith('| `'));
    const explained = rows.flatMap((row) =>
      [...row.split(' | ')[0].matchAll(/`(\w+)`/g)].map(([, metric]) => metric));
    assert.deepEqual(explained.toSorted(), [...told].toSorted());
  });
});

describe('a trace', () => {
  let person;
  let topic;
  const traceId = randomBytes(16).toString('hex');
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };

  before(async () => {
    person = await Person.join();
    topic = await person.open(await person.found());
  });

  test('leads from a refused call to its lines in the logs', async () => {
    const told = (service) =>
      [1, 2].some((number) => stack.log(`${service}-${number}`).includes(traceId));
    // Of equal refusals the first 20 within 10 s have lines, and other tests are refused as well.
    for (const end = Date.now() + LOGGED_WITHIN_MS; ; await pause(500)) {
      const { headers: answered } = await sendJson({ secret: person.secret, headers,
        path: pathOf(directory.DirectoryService, 'GetCommunity'),
        message: { name: `communities/${randomUUID()}` } });
      assert.equal(answered['x-request-id'], traceId);
      const silent = ['gateway', 'directory'].filter((service) => !told(service));
      if (silent.length === 0) break;
      assert.ok(Date.now() < end, `${silent}`);
    }
  });

  test('leads to the statement that PostgreSQL is busy with', async (t) => {
    const release = await holdRow(t, 'discussions', 'topics', topic);
    const call = sendJson({ secret: person.secret, headers,
      path: pathOf(discussions.DiscussionsService, 'CreatePost'),
      message: { parent: topic.name, post: { markdown: 'x' }, requestId: randomUUID() } });
    let seen = '';
    while (!seen) {
      seen = await stack.sql('discussions',
          `SELECT query FROM pg_stat_activity WHERE query LIKE '%${traceId}%'
           AND pid <> pg_backend_pid()`);
    }
    assert.match(seen, /traceparent='00-/);
    release();
    await call;
  });
});

describe('the logs', () => {
  test('of our processes are lines of JSON', () => {
    for (const name of ours()) {
      for (const line of stack.log(name).trim().split('\n')) {
        const { ts, level, msg, service } = JSON.parse(line);
        assert.ok(ts && level && msg && name.startsWith(service), line);
      }
    }
  });

  test('hold no address, no password, no secret, nothing that somebody wrote', async () => {
    const person = await Person.join({ name: 'Zdenka Unmistakable' });
    await person.open(await person.found(), 'Unmistakable title', 'Unmistakable text');
    const personal = [PASSWORD, person.secret, `@${EMPLOYEES}`, `@${CUSTOMERS}`, 'Unmistakable'];
    for (const name of stack.processes) {
      const log = stack.log(name);
      for (const text of personal) assert.ok(!log.includes(text), `${name}: ${text}`);
    }
  });
});
