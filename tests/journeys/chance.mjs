// Chance that replays: the same seed, the same choices (xorshift32, Marsaglia 2003).
export class Chance {
  #state;

  constructor(seed = Number(process.env.GUILDHALL_SEED ?? Date.now())) {
    this.seed = seed >>> 0 || 1;
    this.#state = this.seed;
  }

  below(limit) {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  pick(list) { return list[this.below(list.length)]; }

  // A further one, which nobody else's draws disturb.
  fork() { return new Chance(1 + this.below(2 ** 31)); }
}
