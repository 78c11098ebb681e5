// What no well-behaved client sends. Each is refused for its reason, and the gateway goes on.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { toBinary, create } from '@bufbuild/protobuf';
import { Code } from '@connectrpc/connect';
import * as contracts from './contracts.mjs';
import { browserAt } from './browsers.mjs';
import { clientsAt, PASSWORD, Person } from './people.mjs';
import { assertRefused, assertSessionEnded, GATEWAY, refusal } from './refusals.mjs';
import { alive, stack } from './stack.mjs';
import {
  authorization, frame, FRAMES, pathOf, reasonIn, send, sendByteByByte, sendBytes, sendJson,
} from './wire.mjs';

const { directory, identity } = contracts;
// A network of its own: strangers are counted by network, and these are many.
const from = '127.66.0.1';
const LIST = pathOf(directory.DirectoryService, 'ListCommunities');
const GET = pathOf(directory.DirectoryService, 'GetCommunity');
const JSON_TYPE = { 'content-type': 'application/json' };

describe('bad input', () => {
  let person;
  let headers;
  let running;
  before(async () => {
    person = await Person.join();
    headers = authorization(person.secret);
    running = stack.pids();
  });
  after(() => {
    for (const [name, pid] of Object.entries(running)) assert.ok(alive(pid), `${name} has ended`);
  });

  // Sends a body with a session; answers the reason and HTTP status.
  async function refusedFor(path, type, body, more = {}) {
    const answer = await send({ path, body, from, headers: { ...headers, ...type, ...more } });
    return reasonIn(answer);
  }

  describe('framing', () => {
    const message = Buffer.from(toBinary(directory.ListCommunitiesRequestSchema,
        create(directory.ListCommunitiesRequestSchema, { pageSize: 1 })));
    const cut = frame(message).subarray(0, -1);
    for (const [what, body, reason] of [
      ['nothing', Buffer.alloc(0), 'FRAME_MALFORMED'],
      ['half a head', Buffer.alloc(3), 'FRAME_MALFORMED'],
      ['a frame cut short', cut, 'FRAME_MALFORMED'],
      ['a frame and a byte', Buffer.concat([frame(message), Buffer.alloc(1)]), 'FRAME_MALFORMED'],
      ['two frames', Buffer.concat([frame(message), frame(message)]), 'FRAME_MALFORMED'],
      ['a length of 4 GiB', Buffer.from('00ffffffff', 'hex'), 'FRAME_MALFORMED'],
      ['a frame of trailers', frame(Buffer.from('grpc-status: 0'), 0x80), 'FRAME_MALFORMED'],
      ['a compressed frame', frame(message, 1), 'ENCODING_UNSUPPORTED'],
    ]) {
      test(`of ${what} is refused`, async () => {
        assert.equal(await refusedFor(LIST, FRAMES, body), reason);
      });
    }

    test('in text that is not base64 is refused', async () => {
      const type = { 'content-type': 'application/grpc-web-text' };
      assert.equal(await refusedFor(LIST, type, 'AAAA*AAA'), 'FRAME_MALFORMED');
    });

    test('around bytes that are no message is refused', async () => {
      assert.equal(await refusedFor(LIST, FRAMES, frame(Buffer.from('0affffffffff', 'hex'))),
          'MESSAGE_MALFORMED');
    });
  });

  describe('a body', () => {
    for (const type of ['', 'text/plain', 'application/grpc', 'application/connect+proto',
      'multipart/form-data; boundary=x', 'application/json; charset=utf-16']) {
      test(`of type '${type}' is refused`, async () => {
        assert.equal(await refusedFor(LIST, { 'content-type': type }, '{}'),
            'CONTENT_TYPE_UNSUPPORTED');
      });
    }

    test('that is compressed is refused', async () => {
      assert.equal(await refusedFor(LIST, JSON_TYPE, '{}', { 'content-encoding': 'gzip' }),
          'ENCODING_UNSUPPORTED');
    });

    test('larger than the limit is refused', async () => {
      assert.equal(await refusedFor(LIST, FRAMES, frame(Buffer.alloc(5 << 20))), 'BODY_TOO_LARGE');
      assert.equal(await refusedFor(LIST, JSON_TYPE, `"${' '.repeat(1 << 20)}"`), 'BODY_TOO_LARGE');
    });

    test('with text that is not UTF-8 is refused', async () => {
      const text = Buffer.from('0a04ff616263', 'hex');
      assert.equal(await refusedFor(GET, FRAMES, frame(text)), 'MESSAGE_MALFORMED');
      assert.equal(await refusedFor(GET, JSON_TYPE, Buffer.from('7b226e616d65223a22ff227d', 'hex')),
          'JSON_MALFORMED');
    });

    for (const [what, body] of [
      ['a key that comes twice', '{"pageSize": 1, "pageSize": 2}'],
      ['a key in both spellings', '{"pageSize": 1, "page_size": 2}'],
      ['an unknown field', '{"pagesize": 1}'],
      ['another type', '{"pageSize": "many"}'],
      ['no end', '{"pageSize": 1'],
      ['two values', '{} {}'],
      ['100,000 levels', '['.repeat(100_000)],
      ['nothing', ''],
    ]) {
      test(`of JSON with ${what} is refused`, async () => {
        assert.equal(await refusedFor(LIST, JSON_TYPE, body), 'JSON_MALFORMED');
      });
    }
  });

  describe('a page token', () => {
    const list = (who, pageToken, more) => who.directory.listCommunities({ pageToken, ...more });
    const assertInvalid = (call) => assertRefused(call, Code.InvalidArgument, 'PAGE_TOKEN_INVALID');
    let token;
    before(async () => {
      token = (await person.directory.listCommunities({ pageSize: 1 })).nextPageToken;
    });

    test('that was made up or altered is refused', async () => {
      const altered = token.slice(0, 10) + (token[10] === 'A' ? 'B' : 'A') + token.slice(11);
      for (const forged of [altered, token.slice(1), token + token, 'AAAA', '💥',
        'x'.repeat(5000)]) {
        await assertInvalid(list(person, forged));
      }
    });

    test("of another caller, method or filter is refused", async () => {
      const stranger = await Person.join();
      await assertInvalid(list(stranger, token));
      await assertInvalid(list(person, token, { kind: directory.CommunityKind.PROJECT }));
      await assertInvalid(person.directory.listMyCommunities({ pageToken: token }));
    });
  });

  describe('a session', () => {
    test('that was never begun is answered like one that has ended', async () => {
      const ended = await Person.join();
      await ended.identity.signOut({});
      const answer = (secret) => send({ path: LIST, body: '{}', from,
        headers: { ...JSON_TYPE, ...authorization(secret) } });
      const unknown = (await answer(person.secret.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'))));
      assert.equal(reasonIn(unknown), 'SESSION_ENDED');
      assert.deepEqual(unknown.body, (await answer(ended.secret)).body);
    });

    test('that has run out ends at both gateways, whatever they remember', async () => {
      const other = await Person.join();
      for (const { directory } of other.at) await directory.getMember({ name: 'members/me' });
      const id = other.name.replace('members/', '');
      await stack.sql('identity', `UPDATE sessions SET
          create_time = create_time - interval '40 days',
          last_used_time = last_used_time - interval '40 days',
          expire_time = expire_time - interval '40 days' WHERE account_id = '${id}'`);
      await stack.forgetFacts('identity');
      for (const { directory } of other.at) {
        await assertSessionEnded(directory.getMember({ name: 'members/me' }));
      }
    });

    for (const value of ['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a.b.c',
      `Bearer ${'x'.repeat(300)}`]) {
      test(`in the header '${value.slice(0, 20)}' is refused`, async () => {
        const answer = await send({ path: LIST, body: '{}', from,
          headers: { ...JSON_TYPE, authorization: value } });
        assert.equal(reasonIn(answer), 'HEADER_MALFORMED');
      });
    }

    test('in a cookie does not serve pages of other sites', async () => {
      const browser = browserAt(stack.gateways[0]);
      await browser.identity.signIn({ email: person.email, password: PASSWORD,
        delivery: identity.SessionDelivery.COOKIE, requestId: randomUUID() });
      const elsewhere = { ...JSON_TYPE, cookie: browser.cookie, 'x-guildhall': '1' };
      for (const more of [{ origin: 'https://evil.example' }, { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}]) {
        const answer = await send({ path: LIST, body: '{}', from,
          headers: { ...elsewhere, ...more } });
        assert.equal(reasonIn(answer), 'ORIGIN_REFUSED', JSON.stringify(more));
      }
      // A form can send a cookie from our own pages, but no header of its own.
      const form = await send({ path: LIST, body: '{}', from,
        headers: { ...JSON_TYPE, cookie: browser.cookie, origin: stack.gateways[0] } });
      assert.equal(reasonIn(form), 'ORIGIN_REFUSED');
      await browser.directory.listCommunities({});
    });
  });

  describe('what is internal', () => {
    const internal = [contracts.internalAccess.InternalAccessService,
      contracts.internalIdentity.InternalIdentityService,
      contracts.internalDirectory.InternalDirectoryService,
      contracts.internalDiscussions.InternalDiscussionsService];
    for (const service of internal) {
      test(`has no route: ${service.typeName}`, async () => {
        for (const method of service.methods) {
          for (const [type, body] of [[FRAMES, frame(Buffer.alloc(0))], [JSON_TYPE, '{}']]) {
            assert.equal(await refusedFor(pathOf(service, method.name), type, body),
                'METHOD_UNKNOWN', method.name);
          }
        }
      });
    }

    test('cannot be said by headers from outside', async () => {
      const { json } = await sendJson({ path: pathOf(identity.IdentityService, 'SignIn'),
        headers: { 'guildhall-client-address': '203.0.113.9', 'x-forwarded-for': '203.0.113.9',
          'guildhall-service': 'gateway' },
        message: { email: person.email, password: PASSWORD, delivery: 'SESSION_DELIVERY_BEARER',
          requestId: randomUUID() } });
      assert.equal(json.session.addressPrefix, '127.0.0.0/24');
    });

    for (const trick of [(path) => `/${path}`, (path) => `/.${path}`, (path) => `${path}/`,
      (path) => `${path}?x=1`, (path) => `${path}%00`, (path) => path.replace('L', '%4c'),
      (path) => path.toLowerCase(), (path) => path.replaceAll('/', '\\'),
      (path) => `/x/..${path}`, (path) => path.replace(/\/L/, '//L')]) {
      test(`is not reached by the path ${trick('/Service/List')}`, async () => {
        const answer = await send({ path: trick(LIST), body: '{}', from,
          headers: { ...headers, ...JSON_TYPE } });
        assert.notEqual(answer.status, 200);
        assert.ok(['METHOD_UNKNOWN', ''].includes(reasonIn(answer)));
      });
    }
  });

  describe('bytes that are no request', () => {
    const head = `POST ${LIST} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    for (const [what, status, bytes] of [
      ['noise', 400, 'BREW /pot HTCPCP/1.0\r\n\r\n'],
      ['half a TLS hello', undefined, Buffer.from('16030100a5010000a10303', 'hex')],
      ['an HTTP/2 preface', 505, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
      ['two lengths', 400, `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
      ['a length and chunks', 400,
        `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
      ['a negative length', 400, `${head}content-length: -1\r\n\r\n`],
      ['a chunk of no size', 400, `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`],
      ['a head without end', 431, `${head}x: ${'y'.repeat(16 << 10)}`],
      ['a folded header', 400, `${head}x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}`],
      ['a header with a space', 400, `${head}content-length : 2\r\n\r\n{}`],
    ]) {
      test(`end the connection${status ? ` with ${status}` : ''}: ${what}`, async () => {
        const answer = await sendBytes(bytes, { from });
        assert.match(answer, status ? new RegExp(`^HTTP/1\\.1 ${status} `) : /^$/);
        assert.doesNotMatch(answer, /\n\n?HTTP\/1\.1 .*HTTP\/1\.1 /s, 'one answer at most');
        await person.directory.listCommunities({ pageSize: 1 });
      });
    }
  });

  describe('a chunked body that comes byte by byte', () => {
    const head = [`POST ${LIST} HTTP/1.1`, 'host: x', 'content-type: application/json',
      'transfer-encoding: chunked', 'connection: close'];
    for (const [what, chunks, status] of [
      ['one chunk', '2\r\n{}\r\n0\r\n\r\n', 200],
      ['none', '0\r\n\r\n', 400],
      ['none, and a trailer', '0\r\nx: y\r\n\r\n', 400],
      ['none, and a trailer that is none', '0\r\n!\r\n\r\n', 400],
    ]) {
      test(`is answered as ever: ${what}`, async () => {
        const lines = [...head, `authorization: Bearer ${person.secret}`, '', chunks];
        const answer = await sendByteByByte(lines.join('\r\n'), { from });
        assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
      });
    }
  });

  test('a hundred clients that hang up in the middle of a call leave nothing behind', async () => {
    const community = await person.found();
    const topic = await person.open(community);
    const calls = Array.from({ length: 100 }, async (_, i) => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), i / 2);
      const call = person.at[i % 2].discussions.createPost(
          { parent: topic.name, post: { markdown: `Hello ${i}` }, requestId: randomUUID() },
          { signal: abort.signal });
      await call.catch((error) => assert.equal(error.code, Code.Canceled, error.message));
    });
    await Promise.all(calls);
    const last = await person.post(topic, 'The end');
    const { posts } = await person.discussions.listPosts({ parent: topic.name, pageSize: 100 });
    assert.deepEqual(posts.map((each) => each.number),
        Array.from({ length: Math.min(last.number, 100) }, (_, i) => i + 1));
    assert.ok(posts.slice(1).every((each) => each.markdown !== ''));
  });
});
