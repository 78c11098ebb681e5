// Wall clocks that the programs of a stack have instead of the machine's (clock_jumps.cpp).
import { chmodSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { state } from '../journeys/places.mjs';
import { stack } from '../journeys/stack.mjs';

const LIBRARY = join(state, 'build/release/tests/faults/libclock_jumps.so');

let folder;
let library;

// For whatever account reads it; goes with this process.
function placeFor(name) {
  if (!folder) {
    folder = mkdtempSync(join(tmpdir(), 'guildhall-clocks-'));
    process.once('exit', () => rmSync(folder, { recursive: true }));
    chmodSync(folder, 0o755);
  }
  return join(folder, name);
}

/** One that is right until it is put. */
export class WallClock {
  #path;
  #file;

  constructor(name) {
    this.#path = placeFor(name);
    this.#file = openSync(this.#path, 'w');
    this.put(0);
  }

  /** What a program is started with to have it. */
  get environment() {
    // Lent once: who has mapped a file that gets shorter is ended by it (mmap(2), SIGBUS).
    library ??= stack.lend(LIBRARY);
    return { LD_PRELOAD: library, CLOCK_AHEAD: this.#path };
  }

  /** So many seconds ahead of the machine's from now on. */
  put(seconds) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(seconds));
    writeSync(this.#file, bytes, 0, bytes.length, 0);
  }
}
