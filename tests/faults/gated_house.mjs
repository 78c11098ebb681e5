// One process more of each service and a gateway, each of which reaches whatever it depends on
// through a gate of its own. They share PostgreSQL and Redis with the stack, which has none.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync,
  statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { takePorts } from '../journeys/ports.mjs';
import { alive, stack } from '../journeys/stack.mjs';
import { Gate } from './gate.mjs';

/**
 * What each process depends on, in the order in which they start. Identity and directory speak with
 * Redis, too, while they have the relay of changes; that is a process of the stack's most often.
 */
export const DEPENDENCIES = {
  identity: ['postgres'],
  directory: ['postgres', 'identity'],
  discussions: ['postgres', 'redis', 'identity', 'directory'],
  gateway: ['redis', 'identity', 'directory', 'discussions'],
};
const POSTGRES_SOCKET = '.s.PGSQL.5432';
const READY_WITHIN_MS = 10_000;
// Of the gateway, beside the stack's settings: more than the most that a test opens.
const CONNECTIONS = 12_000;

export class GatedHouse {
  // By dependency, such as "discussions>postgres".
  gates = {};
  #folder;
  #ports;
  #log;
  #environment;
  #processes = {};

  /** All processes write their logs to `log`, if it is given; `environment(name)` is added. */
  static async raise(chance, { log, environment } = {}) {
    const house = new GatedHouse();
    house.#log = log;
    house.#environment = environment;
    house.#folder = mkdtempSync(join(tmpdir(), 'guildhall-gates-'));
    process.once('exit', () => rmSync(house.#folder, { recursive: true }));
    // The processes are of the stack's account: they own their folder, and pass through ours.
    house.#give(house.#folder);
    const first = await takePorts();
    house.#ports = Object.fromEntries(
        [...Object.keys(DEPENDENCIES), 'open'].map((name, i) => [name, first + i]));
    for (const [name, needs] of Object.entries(DEPENDENCIES)) {
      for (const need of needs) await house.#openGate(name, need, chance);
    }
    for (const name of Object.keys(DEPENDENCIES)) await house.#start(name);
    // Whoever is signed in at the stack calls through this gateway as `person.at[number]`.
    house.gateway = stack.gateways.push(`http://127.0.0.1:${house.#ports.open}`) - 1;
    return house;
  }

  async lower() {
    for (const child of Object.values(this.#processes)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      // Ends also one that was stopped.
      child.kill('SIGKILL');
      await ended;
    }
    for (const gate of Object.values(this.gates)) await gate.shut();
  }

  /** Options to run a program as the processes run. */
  get account() {
    const { uid, gid } = statSync(stack.home);
    return process.getuid() === uid ? {} : { uid, gid };
  }

  pid(name) { return this.#processes[name].pid; }

  signal(name, signal) { process.kill(this.pid(name), signal); }

  /** Asserts that the processes that were started first still run. */
  assertAlive() {
    for (const [name, { pid }] of Object.entries(this.#processes)) {
      assert.ok(alive(pid), `${name} has ended: ${this.log(name).slice(-2000)}`);
    }
  }

  /** Resident bytes of each process (proc(5), VmRSS). */
  memory() {
    return Object.fromEntries(Object.entries(this.#processes).map(([name, { pid }]) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return [name, Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) * 1024];
    }));
  }

  /** What a process takes for the time, to the second. */
  async clock(name) {
    const answer = await fetch(`http://127.0.0.1:${this.#ports[name]}/livez`);
    return Date.parse(answer.headers.get('date'));
  }

  log(name) { return this.#log ? '' : readFileSync(this.#logOf(name), 'utf8'); }

  async #openGate(name, need, chance) {
    const gate = new Gate(this.#place(name, need), this.#target(need), chance.fork());
    await gate.open();
    this.gates[`${name}>${need}`] = gate;
  }

  // PostgreSQL and Redis are reached by sockets, services over TCP: so each way is tried.
  #place(name, need) {
    if (need === 'redis') return { path: join(this.#folder, `${name}-redis`) };
    if (need !== 'postgres') return { host: '127.0.0.1', port: 0 };
    const folder = join(this.#folder, `${name}-postgres`);
    mkdirSync(folder);
    this.#give(folder);
    return { path: join(folder, POSTGRES_SOCKET) };
  }

  #target(need) {
    if (need === 'redis') return { path: stack.redisPath };
    if (need === 'postgres') return { path: join(this.#postgresFolder, POSTGRES_SOCKET) };
    return { path: this.#socket(need) };
  }

  #logOf(name) { return this.#log ?? join(this.#folder, `${name}.log`); }

  #socket(name) { return join(this.#folder, `${name}.sock`); }

  get #postgresFolder() { return /^postgres = host=(\S+)/m.exec(configOf('discussions'))[1]; }

  async #start(name) {
    const config = join(this.#folder, `${name}.conf`);
    writeFileSync(config, this.#settings(name), { mode: 0o600 });
    this.#give(config);
    const log = openSync(this.#logOf(name), 'w');
    // It ends with whoever runs the test.
    this.#processes[name] = spawn('setpriv', ['--pdeathsig', 'KILL',
      join(stack.home, 'programs', `guildhall-${name}`), `--config=${config}`],
    { cwd: this.#folder,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...this.#environment?.(name) },
      stdio: ['ignore', log, log], ...this.account });
    closeSync(log);
    const end = Date.now() + READY_WITHIN_MS;
    while (!await isReady(this.#ports[name])) {
      assert.ok(alive(this.#processes[name].pid) && Date.now() < end, this.log(name));
      await pause(20);
    }
  }

  // Those of the stack's first process, but for where it is and where it finds others.
  #settings(name) {
    const places = {
      listen: name === 'gateway' ? `127.0.0.1:${this.#ports.open}` : `unix:${this.#socket(name)}`,
      admin_listen: `127.0.0.1:${this.#ports[name]}`,
    };
    const more = name === 'gateway' ? `connections = ${CONNECTIONS}\n` : '';
    for (const need of DEPENDENCIES[name]) {
      const { listen } = this.gates[`${name}>${need}`];
      if (need === 'postgres') continue;
      places[`${need}_address`] =
          listen.path ? `unix:${listen.path}` : `${listen.host}:${listen.port}`;
    }
    return configOf(name).split('\n').map((line) => {
      const [key] = line.split(' = ');
      if (key in places) return `${key} = ${places[key]}`;
      return key === 'postgres'
        ? line.replace(/host=\S+/, `host=${join(this.#folder, `${name}-postgres`)}`) : line;
    }).join('\n') + more;
  }

  #give(path) {
    const { uid, gid } = statSync(stack.home);
    chownSync(path, uid, gid);
    if (statSync(path).isDirectory()) chmodSync(path, 0o711);
  }
}

const configOf = (name) => readFileSync(join(stack.home, 'configs', `${name}-1.conf`), 'utf8');

const isReady = (port) =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(({ ok }) => ok, () => false);
