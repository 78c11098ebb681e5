// Tabs of a real browser, Debian's Chromium, with an application of the gateway's own origin that
// uses the npm package as browsers load it: ES modules, named by an import map.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './places.mjs';

const modules = join(root, 'node_modules');
const PACKAGES = ['@guildhall/client', '@connectrpc/connect', '@connectrpc/connect-web',
  '@bufbuild/protobuf'];
// A page on a busy machine.
const PATIENCE_MS = 120_000;
// What a browser does by itself when it starts; none of it is for us.
const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-gpu'];

/** Where a browser finds each module: what package.json says to whoever imports. */
function importMap() {
  const imports = {};
  for (const name of PACKAGES) {
    const { exports } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
    for (const [path, target] of Object.entries(exports)) {
      const file = target.import ?? target.default;
      if (typeof file !== 'string') continue;
      // "/*" stands for a folder.
      imports[join(name, path).replace('*', '')] =
          join('/app/modules', name, file).replace(/\*.*/, '');
    }
  }
  return JSON.stringify({ imports });
}

const PAGE = `<!doctype html><title>Guildhall</title>
<script type="importmap">${importMap()}</script>
<script type="module">
  import * as client from '@guildhall/client';
  window.client = client;
  window.guildhall = client.createGuildhall({ baseUrl: location.origin });
</script>`;

/** A browser with a profile of its own, until the test `t` has ended. */
export async function openBrowser(t) {
  const profile = mkdtempSync(join(tmpdir(), 'guildhall-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium', headless: true,
    // Chromium's sandbox does not run for root.
    args: [...QUIET, ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  });
  t.after(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  });
  browser.setDefaultTimeout(PATIENCE_MS);
  await browser.route('**/app/**', serve);
  return browser;
}

/** A tab with the application at a gateway; what it throws ends the test. */
export async function openTab(browser, gateway) {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => { throw error; });
  await tab.goto(`${gateway}/app/`);
  await tab.waitForFunction(() => window.guildhall);
  return tab;
}

function serve(route) {
  const path = normalize(new URL(route.request().url()).pathname).replace('/app/', '');
  if (path === '') return route.fulfill({ contentType: 'text/html', body: PAGE });
  // Imports of the contracts may leave the ending away.
  const file = [path, `${path}.js`].map((name) => join(root, name.replace(/^modules/,
      'node_modules'))).find((name) => name.endsWith('.js') && existsSync(name));
  if (!file) return route.fulfill({ status: 404 });
  return route.fulfill({ contentType: 'text/javascript', body: readFileSync(file, 'utf8') });
}
