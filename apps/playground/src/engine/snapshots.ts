/** A bounded history of snapshots, ordered by step. */
export class Snapshots<Snapshot extends { readonly steps: number }> {
  readonly #kept: Snapshot[] = [];
  readonly #capacity: number;

  /** @param capacity  maximum number of snapshots; beyond it the oldest is dropped */
  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  /** Adds a snapshot. It replaces all snapshots of the same step or later. */
  add(snapshot: Snapshot): void {
    this.removeFrom(snapshot.steps);
    this.#kept.push(snapshot);
    if (this.#kept.length > this.#capacity) this.#kept.shift();
  }

  /** The latest snapshot at or before a step. */
  latestAt(steps: number): Snapshot | undefined {
    return this.#kept.findLast((snapshot) => snapshot.steps <= steps);
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
