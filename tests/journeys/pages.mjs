// Pages in a browser: jsdom keeps cookies and origins as browsers do, and Google's client speaks
// gRPC-web from them, in text and in binary.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { CookieJar, JSDOM } from 'jsdom';
import grpcWeb from 'grpc-web';
import { discussions, identity } from './contracts.mjs';
import { PASSWORD, Person } from './people.mjs';
import { assertSessionEnded } from './refusals.mjs';
import { stack } from './stack.mjs';
import { pathOf } from './wire.mjs';

const { DiscussionsService } = discussions;
const { IdentityService } = identity;

// Browsers name the origin in every POST (the Fetch standard, "append a request Origin header");
// jsdom does in requests to other origins only.
const nameOrigin = (origin) => (dispatch) => (options, handler) =>
  dispatch({ ...options, headers: { origin, ...options.headers } }, handler);

class Page {
  constructor(url, { format = 'text', cookieJar = new CookieJar() } = {}) {
    const resources = { interceptors: [nameOrigin(new URL(url).origin)] };
    this.window = new JSDOM('', { url, cookieJar, resources }).window;
    this.client = new grpcWeb.GrpcWebClientBase({ format, withCredentials: true });
  }

  get document() {
    return this.window.document;
  }

  call(service, name, request = {}) {
    const { input, output } = service.method[name];
    const path = pathOf(service, service.method[name].name);
    const method = new grpcWeb.MethodDescriptor(path, grpcWeb.MethodType.UNARY, Object, Object,
        (message) => toBinary(input, create(input, message)),
        (bytes) => fromBinary(output, bytes));
    // The library takes the browser's when it begins a call.
    globalThis.XMLHttpRequest = this.window.XMLHttpRequest;
    return this.client.unaryCall(stack.gateways[0] + path, request, {}, method);
  }

  signIn(person) {
    return this.call(IdentityService, 'signIn', { email: person.email, password: PASSWORD,
      delivery: identity.SessionDelivery.COOKIE, requestId: randomUUID() });
  }
}

describe('a page', () => {
  for (const format of ['text', 'binary']) {
    test(`of the gateway's own signs in, writes and signs out (${format})`, async () => {
      const person = await Person.join();
      const topic = await person.open(await person.found());
      const page = new Page(stack.gateways[0], { format });
      assert.equal((await page.signIn(person)).sessionSecret, '');
      assert.equal(page.document.cookie, '', 'the page sees the cookie');
      const post = await page.call(DiscussionsService, 'createPost',
          { parent: topic.name, post: { markdown: 'Größe 🎵' }, requestId: randomUUID() });
      assert.deepEqual([post.number, post.markdown], [2, 'Größe 🎵']);
      await page.call(IdentityService, 'signOut');
      await assert.rejects(page.call(IdentityService, 'getMe'),
          { code: grpcWeb.StatusCode.UNAUTHENTICATED });
    });
  }

  test('is told in its own words what went wrong', async () => {
    const page = new Page(stack.gateways[0]);
    await page.signIn(await Person.join());
    await assert.rejects(page.call(DiscussionsService, 'getTopic',
        { name: `topics/${randomUUID()}` }),
    { code: grpcWeb.StatusCode.NOT_FOUND, message: 'There is nothing of this name.' });
  });

  test('of another site does nothing in the name of who looks at it', async () => {
    const cookieJar = new CookieJar();
    const own = new Page(stack.gateways[0], { cookieJar });
    await own.signIn(await Person.join());
    // The same host, so that the browser sends the cookie, but another port: another origin.
    for (const url of ['http://evil.example/', 'http://127.0.0.1:1/', stack.gateways[1]]) {
      const page = new Page(url, { cookieJar });
      await assert.rejects(page.call(IdentityService, 'signOut'), grpcWeb.RpcError, url);
    }
    await own.call(IdentityService, 'getMe');
  });
});
