// Many connections to a gateway that do what no client does.
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { stack } from '../journeys/stack.mjs';

// Connections that are made at once: fewer than a listener lets wait (listen(2)).
const AT_ONCE = 100;
const DRIP_MS = 50;

export class Sockets {
  // Connections that the gateway has ended.
  ended = 0;
  #all = [];
  #heard = new Map();
  #drip;

  /** None yet; the last ends with the test `t`. */
  constructor(t, gateway) {
    t.after(() => this.close());
    const { hostname, port } = new URL(stack.gateways[gateway]);
    this.address = { host: hostname, port };
  }

  /** So many more. */
  async open(count) {
    for (let left = count; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => this.#openOne()));
    }
  }

  async #openOne() {
    const socket = net.connect(this.address);
    await once(socket, 'connect');
    this.#all.push(socket);
    this.#heard.set(socket, '');
    socket.on('data', (bytes) => this.#heard.set(socket, this.#heard.get(socket) + bytes));
    socket.on('error', () => {});
    socket.on('close', () => ++this.ended);
  }

  sendAll(text) {
    for (const socket of this.#all) socket.writable && socket.write(text);
  }

  /** Sends a byte of `text` now and then. */
  drip(text) {
    let at = 0;
    this.#drip = setInterval(() => this.sendAll(text[at++ % text.length]), DRIP_MS);
  }

  /** How many were answered with a status. */
  said(status) {
    return [...this.#heard.values()].filter((text) => text.startsWith(`HTTP/1.1 ${status}`)).length;
  }

  /** Waits until all were. */
  async allSay(status) {
    while (this.said(status) < this.#all.length) await pause(DRIP_MS);
  }

  close() {
    clearInterval(this.#drip);
    for (const socket of this.#all) socket.destroy();
  }
}
