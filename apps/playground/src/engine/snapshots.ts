/** A bounded history of snapshots, ordered by step. */
export class Snapshots<Moment extends { readonly steps: number }> {
  readonly #kept: Moment[] = [];
  readonly #capacity: number;

  /** @param capacity  maximum number of snapshots; beyond it the oldest is dropped */
  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  /** Adds a snapshot. It replaces all snapshots of the same step or later. */
  add(moment: Moment): void {
    this.removeFrom(moment.steps);
    this.#kept.push(moment);
    if (this.#kept.length > this.#capacity) this.#kept.shift();
  }

  /** The latest snapshot at or before a step. */
  latestAt(steps: number): Moment | undefined {
    return this.#kept.findLast((moment) => moment.steps <= steps);
  }

  /** Removes all snapshots. */
  clear(): void {
    this.#kept.length = 0;
  }

  /** Removes the snapshots at or after a step. */
  removeFrom(steps: number): void {
    while ((this.#kept.at(-1)?.steps ?? -1) >= steps) this.#kept.pop();
  }
}
