// The whole client against services that a test scripts: sign-in, repeats, live changes.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Code, ConnectError, createContextValues, createRouterTransport }
  from '@connectrpc/connect';
import { attemptsKey, createGuildhall, isReason, newRequestId, withPost } from '@guildhall/client';
import { Kind } from '@guildhall/client/contracts/guildhall/change/v1/change_pb';
import { DirectoryService }
  from '@guildhall/client/contracts/guildhall/directory/v1/directory_service_pb';
import { MembershipService }
  from '@guildhall/client/contracts/guildhall/directory/v1/membership_service_pb';
import { LiveService } from '@guildhall/client/contracts/guildhall/gateway/v1/live_service_pb';
import { IdentityService }
  from '@guildhall/client/contracts/guildhall/identity/v1/identity_service_pb';
import { refused, settle } from './live/scripted.mjs';

const GATEWAY = 'guildhall.gateway.v1';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ended = () => refused(Code.Unauthenticated, 'SESSION_ENDED');

// The services: sessions by secret, and what a test wants to go wrong.
class House {
  sessions = new Map([['kept', 'members/kept']]);
  failures = [];
  requests = [];
  streams = [];

  transport = (interceptors) => createRouterTransport(({ service }) => {
    service(IdentityService, {
      signIn: ({ email, requestId }) => {
        this.#enter({ requestId });
        const sessionSecret = `secret-${this.sessions.size}`;
        this.sessions.set(sessionSecret, `members/${email}`);
        return { sessionSecret };
      },
      getMe: (_, context) => {
        this.#enter({});
        return { member: this.#member(context) };
      },
      signOut: (_, context) => {
        this.#member(context);
        this.sessions.delete(secretIn(context));
        return {};
      },
    });
    service(MembershipService, {
      joinCommunity: ({ requestId }, context) => {
        this.#enter({ requestId });
        this.#member(context);
        return { name: 'communities/1/memberships/kept' };
      },
    });
    service(DirectoryService, {
      batchGetMembers: ({ names }, context) => {
        this.#enter({ names });
        this.#member(context);
        return { members: names.map((name) => ({ name })) };
      },
    });
    service(LiveService, { subscribe: (_, context) => this.#subscribe(context) });
  }, { transport: { interceptors } });

  async *#subscribe(context) {
    this.#member(context);
    const stream = { frames: [], wake: () => {} };
    this.streams.push(stream);
    yield { resumeToken: 'a', frame: { case: 'started', value: {} } };
    for (;;) {
      if (context.signal.aborted) return;
      for (const frame of stream.frames.splice(0)) {
        if (frame instanceof Error) throw frame;
        yield frame;
      }
      await new Promise((resolve) => {
        stream.wake = resolve;
        context.signal.addEventListener('abort', resolve);
      });
    }
  }

  say(frame) {
    const stream = this.streams.at(-1);
    stream.frames.push(frame);
    stream.wake();
  }

  #enter(request) {
    this.requests.push(request);
    const failure = this.failures.shift();
    if (failure) throw failure;
  }

  #member(context) {
    const member = this.sessions.get(secretIn(context));
    if (!secretIn(context)) throw refused(Code.Unauthenticated, 'SIGN_IN_REQUIRED');
    if (!member) throw ended();
    return member;
  }
}

const secretIn = ({ requestHeader }) =>
  requestHeader.get('authorization')?.replace('Bearer ', '') ?? '';

describe('a client', () => {
  let house;
  let guildhall;
  let states;

  beforeEach(() => {
    house = new House();
    guildhall = make();
    states = [];
    guildhall.session.state.watch((state) => states.push(state.status));
  });

  afterEach(() => guildhall.close());

  const make = (options) =>
    createGuildhall({ baseUrl: 'http://a.invalid', transport: house.transport, ...options });

  describe('signs in', () => {
    test('and out again', async () => {
      assert.equal(guildhall.session.state.get().status, 'unknown');
      const account = await guildhall.session.signIn('ada', 'secret');
      assert.equal(account.member, 'members/ada');
      assert.equal(guildhall.session.account, account);
      assert.equal(guildhall.session.secret, 'secret-1');
      await guildhall.session.signOut();
      assert.deepEqual(guildhall.session.state.get(), { status: 'signedOut', ended: true });
      assert.equal(guildhall.session.secret, undefined);
      assert.deepEqual(states, ['signedIn', 'signedOut']);
    });

    test('with a secret that was kept', async () => {
      guildhall = make({ secret: 'kept' });
      assert.equal((await guildhall.session.restore()).account.member, 'members/kept');
    });

    test('not without a session, which restoring finds out', async () => {
      assert.deepEqual(await guildhall.session.restore(), { status: 'signedOut', ended: false });
      guildhall = make({ secret: 'forged' });
      assert.equal((await guildhall.session.restore()).status, 'signedOut');
    });

    test('and hears from any call that the session has ended', async () => {
      await guildhall.session.signIn('ada', 'secret');
      house.sessions.clear();
      await assert.rejects(guildhall.memberships.joinCommunity({ name: 'communities/1' }),
          (error) => isReason(error, 'SESSION_ENDED'));
      assert.deepEqual(states, ['signedIn', 'signedOut']);
    });

    test('again, and an answer to a call of the session before changes nothing', async () => {
      await guildhall.session.signIn('ada', 'secret');
      house.sessions.delete(guildhall.session.secret);
      const late = guildhall.memberships.joinCommunity({ name: 'communities/1' });
      const signedIn = guildhall.session.signIn('bob', 'secret');
      await assert.rejects(late);
      await signedIn;
      assert.equal(guildhall.session.account.member, 'members/bob');
    });

    test('and what was loaded for one is not for the next', async () => {
      await guildhall.session.signIn('ada', 'secret');
      await guildhall.members.get('members/x');
      assert.ok(guildhall.members.peek('members/x'));
      await guildhall.session.signIn('bob', 'secret');
      assert.equal(guildhall.members.peek('members/x'), undefined);
    });
  });

  describe('repeats', () => {
    const busy = () => refused(Code.Aborted, 'BUSY');

    test('a write that was refused in passing, with the same request id', async () => {
      await guildhall.session.signIn('ada', 'secret');
      house.requests = [];
      house.failures = [busy(), new ConnectError('the connection broke', Code.Unavailable)];
      await guildhall.memberships.joinCommunity({ name: 'communities/1' });
      const ids = house.requests.map(({ requestId }) => requestId);
      assert.equal(ids.length, 3);
      assert.match(ids[0], UUID);
      assert.equal(new Set(ids).size, 1);
    });

    test('with the id that it was given', async () => {
      guildhall = make({ secret: 'kept' });
      const requestId = newRequestId();
      await guildhall.memberships.joinCommunity({ name: 'communities/1', requestId });
      assert.equal(house.requests[0].requestId, requestId);
    });

    test('four times, or as often as it is told', async () => {
      guildhall = make({ secret: 'kept' });
      for (const [contextValues, attempts] of [[undefined, 4],
        [createContextValues().set(attemptsKey, 1), 1]]) {
        house.requests = [];
        house.failures = Array.from({ length: 9 }, busy);
        await assert.rejects(guildhall.memberships.joinCommunity({ name: 'communities/1' },
            { contextValues }), (error) => isReason(error, 'BUSY'));
        assert.equal(house.requests.length, attempts);
      }
    });

    test('nothing that is refused for good, or much later', async () => {
      guildhall = make({ secret: 'kept' });
      for (const failure of [refused(Code.PermissionDenied, 'NOT_PERMITTED'),
        refused(Code.ResourceExhausted, 'RATE_LIMITED', GATEWAY, 60_000)]) {
        house.requests = [];
        house.failures = [failure];
        await assert.rejects(guildhall.memberships.joinCommunity({ name: 'communities/1' }));
        assert.equal(house.requests.length, 1);
      }
    });

    test('no sign-in whose answer was lost: its secret was shown', async () => {
      house.failures = [new ConnectError('the connection broke', Code.Unavailable)];
      await assert.rejects(guildhall.session.signIn('ada', 'secret'));
      assert.equal(house.requests.length, 1);
    });
  });

  describe('hears live changes', () => {
    const memberUpdated = (token) => ({ resumeToken: token, frame: { case: 'changed',
      value: { kind: Kind.MEMBER_UPDATED, name: 'members/x' } } });

    test('and asks anew for members that were edited', async () => {
      await guildhall.session.signIn('ada', 'secret');
      await guildhall.members.get('members/x');
      const live = guildhall.live();
      const told = [];
      live.listen((event) => told.push(event.type));
      await settle();
      assert.equal(live.status.get().phase, 'live');
      house.say(memberUpdated('b'));
      await settle();
      assert.deepEqual(told, ['started', 'changed']);
      assert.equal(live.resumeToken, 'b');
      assert.equal(guildhall.members.peek('members/x'), undefined);
    });

    test('as an iteration, by listeners that come late, and until it is closed', async () => {
      await guildhall.session.signIn('ada', 'secret');
      const live = guildhall.live();
      const told = [];
      const reading = (async () => {
        for await (const event of live.events()) told.push(event.type);
      })();
      await settle();
      house.say(memberUpdated('b'));
      await settle();
      const late = [];
      live.listen((event) => late.push(event.type));
      assert.deepEqual(late, []);
      await settle();
      live.close();
      await reading;
      assert.deepEqual([told, late], [['started', 'changed'], ['started', 'changed']]);
    });

    test('until the session ends', async () => {
      await guildhall.session.signIn('ada', 'secret');
      const live = guildhall.live();
      const reading = (async () => { for await (const _ of live.events()); })();
      await settle();
      house.say(ended());
      await reading;
      assert.equal(guildhall.session.state.get().status, 'signedOut');
      assert.equal(live.status.get().phase, 'ended');
      assert.ok(isReason(live.status.get().error, 'SESSION_ENDED'));
    });

    test('until it is refused, and says why', async () => {
      await guildhall.session.signIn('ada', 'secret');
      const live = guildhall.live();
      const reading = (async () => { for await (const _ of live.events()); })();
      await settle();
      house.say(refused(Code.PermissionDenied, 'NOT_PERMITTED'));
      await assert.rejects(reading, (error) => isReason(error, 'NOT_PERMITTED'));
    });

    test('for who is signed in only', async () => {
      await guildhall.session.signIn('ada', 'secret');
      const live = guildhall.live();
      live.listen(() => {});
      await settle();
      await guildhall.session.signIn('bob', 'secret');
      assert.deepEqual(live.status.get(), { phase: 'ended', error: undefined });
    });

    test('and one listener that throws keeps nothing from the others', async (t) => {
      const thrown = [];
      // The runner takes what nobody caught for a failure of the test.
      const others = process.rawListeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      t.after(() => others.forEach((each) => process.on('uncaughtException', each)));
      process.once('uncaughtException', (error) => thrown.push(error.message));
      await guildhall.session.signIn('ada', 'secret');
      const live = guildhall.live();
      const told = [];
      live.listen(() => { throw new Error('mine'); });
      live.listen((event) => told.push(event.type));
      await settle();
      assert.deepEqual([told, thrown], [['started'], ['mine']]);
    });
  });
});

test('a post that is told may be the last of its topic', () => {
  const topic = { name: 'topics/1', lastPostNumber: 2, lastAuthor: 'members/a' };
  const post = { name: 'topics/1/posts/x', number: 3, author: 'members/b', createTime: {} };
  assert.deepEqual(withPost(topic, post), { ...topic, lastPostNumber: 3, lastAuthor: 'members/b',
    lastPostTime: post.createTime });
  assert.equal(withPost(topic, { ...post, number: 2 }), topic);
  assert.equal(withPost(topic, { ...post, name: 'topics/11/posts/x' }), topic);
});
