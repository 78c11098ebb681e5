// What writers have sent and what was acknowledged, a line of JSON each: on disk before whoever
// writes a line goes on, so that nothing counts as acknowledged that a crash could forget.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';

export class Ledger {
  #file;
  #waiting = [];
  #writing;

  static async open(path) {
    const ledger = new Ledger();
    ledger.#file = await open(path, 'ax', 0o600);
    return ledger;
  }

  // Lines that come while others are being written go to the disk together.
  async note(line) {
    this.#waiting.push(`${JSON.stringify(line)}\n`);
    while (this.#writing) await this.#writing;
    if (this.#waiting.length === 0) return;
    const lines = this.#waiting.splice(0).join('');
    this.#writing = this.#file.appendFile(lines).then(() => this.#file.datasync());
    try {
      await this.#writing;
    } finally {
      this.#writing = undefined;
    }
  }

  close() { return this.#file.close(); }
}

/** The lines of a ledger, in the order in which they were noted. */
export async function* linesOf(path) {
  for await (const line of createInterface({ input: createReadStream(path) })) {
    yield JSON.parse(line);
  }
}

/** The text of a post that was edited: it still says as which it was written. */
export const edited = (mark, edit) => `${mark}, then ${edit}`;
export const markOf = (text) => text.split(', then ')[0];
