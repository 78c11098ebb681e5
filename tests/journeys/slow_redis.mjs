// Redis behind a gate that holds up everything that goes through it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { renameSync, unlinkSync } from 'node:fs';
import net from 'node:net';
import { stack } from './stack.mjs';

// Until the function that is answered is called, each piece of bytes takes `delayMs()` longer in
// either direction.
export async function slowRedis(delayMs) {
  const path = stack.redisPath;
  const behind = `${path}.behind`;
  renameSync(path, behind);
  const sockets = new Set();
  let passed = 0;
  const gate = net.createServer((near) => {
    const far = net.connect({ path: behind });
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      // In their order: each waits for those before it.
      let before = Promise.resolve();
      from.on('data', (bytes) => {
        ++passed;
        const due = new Promise((resolve) => { setTimeout(resolve, delayMs()); });
        before = Promise.all([before, due]).then(() => { to.destroyed || to.write(bytes); });
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  // The services may have another account than whoever runs the tests.
  await once(gate.listen({ path, writableAll: true }), 'listening');
  // Whoever was connected comes back through the gate.
  await stack.redis('CLIENT KILL TYPE normal SKIPME yes');
  return async () => {
    gate.close();
    try {
      unlinkSync(path);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    renameSync(behind, path);
    for (const socket of sockets) socket.destroy();
    await once(gate, 'close');
    assert.ok(passed > 0, 'nobody spoke with Redis');
  };
}
