// What front-end teams install: the examples of its README are one program that works.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createGuildhall, isReason, items } from '@guildhall/client';
import { PASSWORD, Person } from './people.mjs';
import { root } from './places.mjs';
import { stack } from './stack.mjs';

const home = join(root, 'libs/typescript');

/** The examples as a team's own project, with a person and a gateway of ours. */
function project(t, person, program) {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-readme-'));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(home, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}\n');
  writeFileSync(join(folder, 'example.ts'), program
      .replaceAll('http://localhost:8080', stack.gateways[0])
      .replaceAll('ada@example.org', person.email)
      .replaceAll('the password that up printed', PASSWORD));
  return folder;
}

describe('the package for front-end teams', () => {
  test('has a README whose examples compile and run', async (t) => {
    const person = await Person.join({ name: 'Ada Quist' });
    await person.found({ displayName: `Tuning forks ${person.email}` });
    const blocks = readFileSync(join(home, 'README.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms);
    const folder = project(t, person, [...blocks].map(([, block]) => block).join('\n'));
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--project',
      folder, '--noUnusedLocals', 'false'], { stdio: 'pipe', encoding: 'utf8' });
    const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/example.js'],
        { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    assert.equal(status, 0, stderr);
    for (const line of [`Tuning forks ${person.email}`, 'look at post.markdown', person.email,
      'Ada Quist <p>I lost <em>mine</em>.</p>', 'come back']) {
      assert.ok(stdout.includes(line), `"${line}" is not in:\n${stdout}`);
    }
  });

  test('notices that a session was ended elsewhere', async (t) => {
    const person = await Person.join();
    const guildhall = createGuildhall({ baseUrl: stack.gateways[1] });
    t.after(() => guildhall.close());
    await guildhall.session.signIn(person.email, PASSWORD);
    await person.identity.revokeSessions({ scope: 1 });
    await assert.rejects(guildhall.directory.listCommunities({}),
        (error) => isReason(error, 'SESSION_ENDED'));
    assert.deepEqual(guildhall.session.state.get(), { status: 'signedOut', ended: true });
  });

  test('reads long lists to their end and resolves who wrote', async (t) => {
    const [author, reader] = [await Person.join({ name: 'Una' }), await Person.join()];
    const topic = await author.open(await author.found());
    for (let number = 2; number <= 7; ++number) await author.post(topic, `Verse ${number}`);
    const calls = [];
    const guildhall = createGuildhall({ baseUrl: stack.gateways[0], secret: reader.secret,
      interceptors: [(next) => (request) => {
        calls.push(request.method.name);
        return next(request);
      }] });
    t.after(() => guildhall.close());
    const posts = [];
    for await (const post of items(guildhall.discussions.listPosts,
        { parent: topic.name, pageSize: 3 })) posts.push(post);
    assert.deepEqual(posts.map(({ number }) => number), [1, 2, 3, 4, 5, 6, 7]);
    const names = await Promise.all(posts.map((post) => guildhall.members.get(post.author)));
    assert.deepEqual(new Set(names.map(({ displayName }) => displayName)), new Set(['Una']));
    assert.deepEqual(calls, ['ListPosts', 'ListPosts', 'ListPosts', 'BatchGetMembers']);
  });
});
