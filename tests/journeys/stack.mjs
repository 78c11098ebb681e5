// A stack of its own: two gateways, two processes of every service, PostgreSQL and Redis, in a
// state folder and on ports that no other stack has. `tools/dev up` raises it, `tools/dev down`
// takes it down.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync,
  statSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { basename, dirname, join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { folder, root, state } from './places.mjs';
import { takePorts } from './ports.mjs';

const run = promisify(execFile);
const dev = join(root, 'tools/dev');
// Others with the same state folder get so long to end: all journeys take two minutes, and four
// times as long on a busy machine.
const CLAIM_MS = 15 * 60 * 1000;
// As tools/devtool/stack/postgres.py has it.
const POSTGRES = '/usr/lib/postgresql/15/bin/postgres';
// A service drains for 30 s at most.
const GONE_WITHIN_MS = 60_000;
// For those who write journeys: the stack stays up, and the next run uses it.
const keep = process.env.GUILDHALL_KEEP_STACK === '1';

class Stack {
  // The addresses of the gateways, and what `tools/dev up` said.
  gateways = [];
  said = '';
  #guard;
  #home;

  async raise() {
    await this.#claim();
    const kept = keep && existsSync(join(folder, 'stack.lock'));
    mkdirSync(folder, { recursive: true });
    // The same programs: a stack of its own needs no build of its own.
    for (const shared of ['build', 'node']) {
      mkdirSync(join(state, shared), { recursive: true });
      rmSync(join(folder, shared), { force: true });
      symlinkSync(join(state, shared), join(folder, shared));
    }
    if (kept) {
      await this.repair();
    } else {
      const port = await takePorts();
      await this.#up('--fresh', `--port=${port}`, `--admin-port=${port + 2}`, '--processes=2');
    }
    const data = await this.sql('identity', 'SHOW data_directory');
    this.#home = dirname(data);
    const { port } = JSON.parse(readFileSync(join(this.#home, 'choices.json'), 'utf8'));
    this.gateways = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`];
  }

  // Starts again what a journey has ended; what runs stays as it is.
  async repair() {
    await this.#up();
  }

  // Begins anew: the same processes at the same ports, and nothing in them but the demo organization.
  async renew() {
    const { port } = JSON.parse(readFileSync(join(this.#home, 'choices.json'), 'utf8'));
    await this.#up('--fresh', `--port=${port}`, `--admin-port=${port + 2}`, '--processes=2');
  }

  // Starts a service, a gateway or PostgreSQL that has ended as `up` would, which then takes it for
  // its own, with `environment` and `flags` added. Until it takes calls; false if it has ended before.
  async restart(name, environment = {}, flags = []) {
    const { uid, gid } = statSync(this.#home);
    const log = openSync(join(this.#home, 'logs', `${name}.log`), 'a');
    const [program, ...own] = name === 'postgres'
      ? [POSTGRES, '-D', join(this.#home, 'postgres')]
      : [join(this.#home, 'programs', `guildhall-${name.replace(/-\d+$/, '')}`),
        `--config=${join(this.#home, 'configs', `${name}.conf`)}`];
    const { pid } = spawn(program, [...own, ...flags],
        { cwd: this.#home, detached: true, stdio: ['ignore', log, log],
          env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: this.#home, ...environment },
          ...(process.getuid() === 0 ? { uid, gid } : {}) });
    closeSync(log);
    writeFileSync(this.#recordOf(name),
        JSON.stringify({ ...this.#record(name), pid, start: startOf(pid) }));
    while (!await this.isReady(name)) {
      if (!alive(pid)) return false;
      await pause(20);
    }
    return true;
  }

  // Whether a process answers that it takes calls.
  async isReady(name) {
    if (name === 'postgres') return this.sql('identity', 'SELECT 1').then(() => true, () => false);
    return fetch(`${this.admin(name)}/readyz`).then(({ ok }) => ok, () => false);
  }

  // Lets the stack's programs load a library; gives the place where they find it.
  lend(library) {
    const place = join(this.#home, 'programs', basename(library));
    copyFileSync(library, place);
    return place;
  }

  async #up(...choices) {
    this.said = (await run(dev, ['up', `--state=${folder}`, ...choices])).stdout;
  }

  // Runs a verb of tools/dev on this stack: what it printed.
  async dev(verb, ...choices) {
    return (await run(dev, [verb, `--state=${folder}`, ...choices])).stdout;
  }

  // Loads the demo organization once more.
  async seed() {
    await this.dev('seed');
  }

  lower() {
    if (keep || !this.#guard) return;
    execFileSync(dev, ['down', `--state=${folder}`]);
    this.#guard.close();
  }

  // Two runs in one state folder would end each other's stack: the second waits. The name is
  // abstract (unix(7)): the kernel forgets it with the process.
  async #claim() {
    // Paths may be longer than names of sockets (107 bytes).
    const name = createHash('sha256').update(folder).digest('hex');
    for (const end = Date.now() + CLAIM_MS; ; await pause(500)) {
      const guard = net.createServer().listen(`\0guildhall-journeys-${name}`).unref();
      const mine = await new Promise((resolve) => {
        guard.once('listening', () => resolve(true));
        guard.once('error', () => resolve(false));
      });
      if (mine) return void (this.#guard = guard);
      if (Date.now() > end) throw new Error(`other journeys are under way in ${folder}`);
    }
  }

  // What psql prints for statements run by the superuser of the stack's cluster.
  async sql(service, statements) {
    const { stdout } = await run(dev,
        ['psql', `--state=${folder}`, service, '-qAt', '-v', 'ON_ERROR_STOP=1', '-c', statements]);
    return stdout.trim();
  }

  // What a service's program prints for an operator's command; `flags` are the command's own.
  async operate(service, command, ...flags) {
    const { stdout } = await run(join(this.#home, 'programs', `guildhall-${service}`),
        [command, `--config=${join(this.#home, 'configs', `${service}-1.conf`)}`, ...flags],
        { env: { PATH: process.env.PATH } });
    return stdout.trim();
  }

  // After facts were changed behind an owner's back: until no service decides by what it knew.
  async forgetFacts(owner) {
    await this.sql(owner, `
      WITH head AS (UPDATE access_head SET revision = revision + 1 RETURNING revision)
        INSERT INTO access_changes SELECT revision, 1, 1, id, id
        FROM head, (VALUES ('00000000-0000-0000-0000-000000000000'::uuid)) nothing(id);
      NOTIFY access`);
    const behind = `SELECT count(*) FROM access_leases
      WHERE applied < (SELECT revision FROM access_head)`;
    while (await this.sql(owner, behind) !== '0') await pause(20);
  }

  // The letters to an address that identity has put down so far.
  letters(address) {
    const mail = join(this.#home, 'mail');
    return readdirSync(mail).filter((name) => name.endsWith('.eml'))
        .map((name) => readFileSync(join(mail, name), 'utf8'))
        .filter((letter) => letter.includes(`To: ${address}\r\n`));
  }

  // The folder with the programs, settings and secrets of its processes, of the account they have.
  get home() { return this.#home; }

  get redisPath() {
    return this.#setting('gateway-1', 'redis_address').replace('unix:', '');
  }

  // The socket at which a process takes the calls of the gateway and of other services.
  socket(name) {
    return this.#setting(name, 'listen').replace('unix:', '');
  }

  // By which services prove themselves to each other.
  get serviceKey() {
    return this.#setting('gateway-1', 'service_key');
  }

  // Sends a command to the stack's Redis and waits for its answer.
  redis(command) {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ path: this.redisPath }, () => socket.write(`${command}\r\n`));
      socket.once('error', reject);
      socket.once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString());
      });
    });
  }

  // A psql that stays, for locks that are held across calls.
  psql(service) {
    return execFile(dev, ['psql', `--state=${folder}`, service, '-qAt'], () => {});
  }

  // The process id of "discussions-2", "gateway-1", "postgres".
  pid(name) {
    return this.#record(name).pid;
  }

  // Sends a signal to a process; to all of them for PostgreSQL, which has one per connection.
  signal(name, signal) {
    const pid = this.pid(name);
    // The parent first: it would start killed children again.
    for (const each of [pid, ...(name === 'postgres' ? childrenOf(pid) : [])]) {
      try {
        process.kill(each, signal);
      } catch (error) {
        assert.equal(error.code, 'ESRCH');
      }
    }
  }

  // Sends a signal that ends a process, and waits until it has ended.
  async end(name, signal = 'SIGTERM') {
    const pid = this.pid(name);
    this.signal(name, signal);
    await ended(pid, name);
  }

  // Where a process answers for health and metrics.
  admin(name) {
    return `http://${this.#setting(name, 'admin_listen')}`;
  }

  log(name) {
    return readFileSync(join(this.#home, 'logs', `${name}.log`), 'utf8');
  }

  get processes() {
    return readdirSync(join(this.#home, 'run')).map((file) => file.replace('.json', ''));
  }

  // By name, the process ids of all of them.
  pids() {
    return Object.fromEntries(this.processes.map((name) => [name, this.pid(name)]));
  }

  #setting(name, key) {
    const config = readFileSync(join(this.#home, 'configs', `${name}.conf`), 'utf8');
    return new RegExp(`^${key} = (.*)$`, 'm').exec(config)[1];
  }

  #record(name) {
    return JSON.parse(readFileSync(this.#recordOf(name), 'utf8'));
  }

  #recordOf(name) {
    return join(this.#home, 'run', `${name}.json`);
  }
}

export const stack = new Stack();

// Raises the stack before the tests of a file are declared, and takes it down after them.
export async function useStack() {
  // `node --test` ends its files by SIGTERM; processes of the stack outlive whoever raised them.
  process.once('SIGTERM', () => {
    stack.lower();
    process.exit(1);
  });
  after(() => stack.lower());
  await stack.raise();
}

export function alive(pid) {
  try {
    return !'ZX'.includes(statOf(pid)[0]);
  } catch {
    return false;
  }
}

// The state of a process and what follows it, behind the name in parentheses (proc(5)).
const statOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');

// When a process began, in ticks since the boot.
const startOf = (pid) => statOf(pid)[19];

// Whether nothing is left of a process, so that others may take its place.
export const isGone = (pid) => !existsSync(`/proc/${pid}`);

// Waits until a process has ended.
export async function ended(pid, name) {
  for (const end = Date.now() + GONE_WITHIN_MS; !isGone(pid);) {
    assert.ok(Date.now() < end, `${name} did not end`);
    await pause(5);
  }
}

function childrenOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
      .map(Number);
}
