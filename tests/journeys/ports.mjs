// Ports for a stack of a test: a block that nobody else has while this process lives.
//
// Whoever listens on the first port of a block has it, and nobody else looks at the others: two
// that look at the same time never find the same ones, and a process that was killed finds its
// port again. tools/devtool/ports.py keeps to the same blocks.
import net from 'node:net';

// Below the range from which Linux takes ports for outgoing connections, away from tools/dev's own.
const FIRST = 20000;
const BLOCK = 32;
const BLOCKS = 384;

// The first of BLOCK - 1 ports in a row.
export async function takePorts() {
  const start = Math.floor(Math.random() * BLOCKS);
  for (let i = 0; i < BLOCKS; ++i) {
    const begin = FIRST + BLOCK * ((start + i) % BLOCKS);
    const guard = await listen(begin);
    if (!guard) continue;
    const others = Array.from({ length: BLOCK - 1 }, (_, each) => begin + 1 + each);
    if ((await Promise.all(others.map(isFree))).every(Boolean)) {
      guard.unref();
      return others[0];
    }
    guard.close();
  }
  throw new Error(`no ${BLOCK} free ports in a row from ${FIRST} on`);
}

async function isFree(port) {
  const probe = await listen(port);
  if (probe) await new Promise((closed) => probe.close(closed));
  return probe !== null;
}

function listen(port) {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
