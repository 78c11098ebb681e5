// A browser's page at the gateway: the Connect project's library for browsers over fetch, which
// adds what a browser adds by itself: the cookie, the page's origin.
import { createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { directory, discussions, identity } from './contracts.mjs';

// Clients of all services; `cookie` is what the browser holds, `setCookie` what it was told last.
export function browserAt(gateway, { origin = gateway, createTransport = createGrpcWebTransport,
  ...more } = {}) {
  const browser = { cookie: '', setCookie: '' };
  const transport = createTransport({
    baseUrl: gateway,
    fetch: async (input, init) => {
      const headers = new Headers(init.headers);
      headers.set('origin', origin);
      if (browser.cookie) headers.set('cookie', browser.cookie);
      const response = await fetch(input, { ...init, headers });
      for (const line of response.headers.getSetCookie()) {
        browser.setCookie = line;
        const [pair] = line.split(';');
        browser.cookie = /; Max-Age=0;/.test(line) ? '' : pair;
      }
      return response;
    },
    ...more,
  });
  browser.identity = createClient(identity.IdentityService, transport);
  browser.directory = createClient(directory.DirectoryService, transport);
  browser.discussions = createClient(discussions.DiscussionsService, transport);
  return browser;
}
