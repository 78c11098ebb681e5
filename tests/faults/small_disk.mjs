// A disk of PostgreSQL's own, in memory (tmpfs(5)), that is full on demand. Takes root: mount(2).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, rmdirSync, statSync, statfsSync,
  symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../journeys/listener.mjs';
import { isGone, stack } from '../journeys/stack.mjs';

// Far more than an empty stack's cluster and what a test writes.
const ROOM_BYTES = 2 ** 30;

/** Why there can be none, if so. */
export const cannotMount =
  process.getuid() === 0 ? false : 'a disk that fills up takes the right to mount one';

export class SmallDisk {
  #folder = mkdtempSync(join(tmpdir(), 'guildhall-disk-'));
  #cluster = join(stack.home, 'postgres');

  /** Moves the stack's PostgreSQL onto one with much room. */
  static async underPostgres() {
    const disk = new SmallDisk();
    const { uid, gid } = statSync(stack.home);
    await endPostgres();
    mount(`size=${ROOM_BYTES},uid=${uid},gid=${gid},mode=700`,
        '-t', 'tmpfs', 'guildhall', disk.#folder);
    copy(disk.#cluster, disk.#folder);
    rmSync(disk.#cluster, { recursive: true });
    symlinkSync(disk.#folder, disk.#cluster);
    return disk;
  }

  /** Leaves so much room and no more. */
  leave(bytes) {
    const { blocks, bfree, bsize } = statfsSync(this.#folder);
    this.#resize((blocks - bfree) * bsize + bytes);
  }

  /** Gives back the room, and begins PostgreSQL anew where that ends for want of it. */
  async makeRoom() {
    this.#resize(ROOM_BYTES);
    const writes = () => stack.sql('identity', 'CREATE TABLE room(); DROP TABLE room')
        .then(() => true, () => false);
    // It may be about to end, or to recover by itself.
    await until(async () => isGone(stack.pid('postgres')) || await writes(), 'recovering');
    if (isGone(stack.pid('postgres'))) await stack.repair();
  }

  /** Moves PostgreSQL back, and leaves it ended. */
  async remove() {
    await endPostgres();
    rmSync(this.#cluster);
    copy(this.#folder, this.#cluster);
    execFileSync('umount', [this.#folder]);
    rmdirSync(this.#folder);
  }

  #resize(bytes) { mount(`remount,size=${bytes}`, this.#folder); }
}

const mount = (options, ...where) => execFileSync('mount', ['-o', options, ...where]);

// With owners and times, into a folder that may be there.
function copy(from, to) {
  if (!existsSync(to)) execFileSync('mkdir', [to]);
  execFileSync('cp', ['--archive', `${from}/.`, to]);
}

async function endPostgres() {
  if (!isGone(stack.pid('postgres'))) await stack.end('postgres', 'SIGINT');
}
