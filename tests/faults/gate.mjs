// A gate between a process and one that it depends on, over TCP or Unix sockets. Bytes pass until a
// fault is ordered; `pass` ends the fault.
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a network does to those who speak through it; what each means stands at its method. */
export const FAULTS = ['close', 'refuse', 'cut', 'delay', 'drip', 'hold', 'lose'];

const DELAY_MS = 30;
// 64 bytes each 5 ms: 13 kB/s, a modem's pace.
const DRIP_BYTES = 64;
const DRIP_MS = 5;
// A connection that is cut ends within the first answers to come, or within those of its first
// questions.
const CUT_WITHIN_BYTES = 4096;

export class Gate {
  // How often a fault has met somebody, since it was ordered.
  met = 0;
  #server;
  #pairs = new Set();
  #fault = 'pass';

  /** `listen` and `target` are options of net.Server.listen and net.connect. */
  constructor(listen, target, chance) {
    Object.assign(this, { listen, target, chance });
  }

  async open() {
    this.#server = net.createServer((near) => this.#accept(near));
    // Whoever speaks through it may be another account than whoever made it.
    await once(this.#server.listen({ ...this.listen, writableAll: true }), 'listening');
    // Where it is refused and opened again, it is the same place.
    if (!this.listen.path) this.listen = { host: this.listen.host, port: this.port };
  }

  get port() { return this.#server.address().port; }

  /** From now on everything passes, also what was held; what was lost stays so. */
  async pass() {
    const refused = this.#fault === 'refuse';
    this.#fault = 'pass';
    for (const pair of this.#pairs) pair.wake();
    if (refused) await this.open();
  }

  async order(fault) {
    this.met = 0;
    this.#fault = fault;
    await this[fault]();
  }

  /** All connections end; new ones pass. */
  close() { this.#endAll(); }

  /** All connections end; nobody is there for new ones. */
  async refuse() {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#endAll();
    await closed;
  }

  /** Each connection ends in the middle of an answer, again and again. */
  cut() {
    for (const pair of this.#pairs) pair.left = this.#bytesToCut();
  }

  /** Each piece of bytes takes longer. */
  delay() {}

  /** Bytes come few at a time. */
  drip() {}

  /** Nothing passes in either direction; new connections hear nothing. Later all of it passes. */
  hold() {}

  /** The connections there are hear nothing ever again, and nobody is told; new ones pass. */
  lose() {
    for (const pair of this.#pairs) {
      pair.lost = true;
      ++this.met;
    }
  }

  /** Ends it and all connections. */
  async shut() {
    this.#fault = 'pass';
    if (this.#server.listening) await this.refuse();
  }

  #endAll() {
    this.met += this.#pairs.size;
    for (const pair of this.#pairs) pair.end();
  }

  #bytesToCut() { return 1 + this.chance.below(CUT_WITHIN_BYTES); }

  #accept(near) {
    const pair = new Pair(near, net.connect(this.target));
    if (this.#fault === 'cut') pair.left = this.#bytesToCut();
    this.#pairs.add(pair);
    Promise.all([this.#relay(pair, false), this.#relay(pair, true)])
      .then(() => this.#pairs.delete(pair));
  }

  // One direction of a connection. A piece is read when the one before it has left.
  async #relay(pair, isAnswer) {
    const [from, to] = isAnswer ? [pair.far, pair.near] : [pair.near, pair.far];
    try {
      for await (const bytes of from) await this.#carry(pair, bytes, isAnswer);
    } catch {
      // A connection that broke ends for the other side, too.
    }
    await this.#untilItPasses(pair);
    to.end();
  }

  async #untilItPasses(pair) {
    while (pair.lost || this.#fault === 'hold') {
      ++this.met;
      await pair.woken();
    }
  }

  // Sends a piece of bytes on, as the fault of this moment has it.
  async #carry(pair, bytes, isAnswer) {
    await this.#untilItPasses(pair);
    if (!['delay', 'drip', 'cut'].includes(this.#fault)) return pair.send(bytes, isAnswer);
    ++this.met;
    if (this.#fault === 'drip') return this.#drip(pair, bytes, isAnswer);
    if (this.#fault === 'cut') return this.#cut(pair, bytes, isAnswer);
    await pause(DELAY_MS);
    return pair.send(bytes, isAnswer);
  }

  async #drip(pair, bytes, isAnswer) {
    for (let at = 0; at < bytes.length; at += DRIP_BYTES) {
      await pair.send(bytes.subarray(at, at + DRIP_BYTES), isAnswer);
      if (this.#fault === 'drip') await pause(DRIP_MS);
    }
  }

  async #cut(pair, bytes, isAnswer) {
    if (!isAnswer || bytes.length < pair.left) {
      if (isAnswer) pair.left -= bytes.length;
      return pair.send(bytes, isAnswer);
    }
    await pair.send(bytes.subarray(0, pair.left - 1), isAnswer);
    pair.end();
  }
}

/** Both ends of one connection through a gate. */
class Pair {
  lost = false;
  // Bytes of answers until it is cut.
  left = Infinity;
  #wake = Promise.withResolvers();

  constructor(near, far) {
    Object.assign(this, { near, far });
    // Whoever reads it learns of its end.
    for (const socket of [near, far]) socket.on('error', () => {});
  }

  async send(bytes, isAnswer) {
    const to = isAnswer ? this.near : this.far;
    if (to.destroyed || to.write(bytes)) return;
    await Promise.race([once(to, 'drain'), once(to, 'close')]);
  }

  woken() { return this.#wake.promise; }

  wake() {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  end() {
    this.near.destroy();
    this.far.destroy();
    this.lost = false;
    this.wake();
  }
}
