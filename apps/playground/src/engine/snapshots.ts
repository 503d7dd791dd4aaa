/** The latest moments of something that moves on, so that one can go back. */
export class Snapshots<Moment extends { readonly steps: number }> {
  readonly #kept: Moment[] = [];
  readonly #capacity: number;

  /** @param capacity  how many are kept; of more the oldest goes */
  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  /** Keeps a moment; one of the same step takes the place of the earlier. */
  add(moment: Moment): void {
    this.removeFrom(moment.steps);
    this.#kept.push(moment);
    if (this.#kept.length > this.#capacity) this.#kept.shift();
  }

  /** The latest moment at or before a step, if one is kept. */
  latestAt(steps: number): Moment | undefined {
    return this.#kept.findLast((moment) => moment.steps <= steps);
  }

  /** Forgets everything. */
  clear(): void {
    this.#kept.length = 0;
  }

  /** Forgets what came at a step or after it. */
  removeFrom(steps: number): void {
    while ((this.#kept.at(-1)?.steps ?? -1) >= steps) this.#kept.pop();
  }
}
