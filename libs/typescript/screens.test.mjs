// What the page of screens names is there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createGuildhall } from '@guildhall/client';

test('every call that the page of screens names is a method of the client', () => {
  const guildhall = createGuildhall({ baseUrl: 'http://localhost:1' });
  const page = readFileSync(new URL('screens.md', import.meta.url), 'utf8');
  const calls = [...page.matchAll(/`([a-zA-Z]+)\.([a-zA-Z]+)`/g)];
  assert.ok(calls.length > 50, `only ${calls.length} were found`);
  for (const [call, service, method] of calls) {
    assert.equal(typeof guildhall[service]?.[method], 'function', call);
  }
  guildhall.close();
});
