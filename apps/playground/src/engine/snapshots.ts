/** The latest moments of something that moves on, so that one can go back. */
export class Snapshots<Moment extends { readonly steps: number }> {
  readonly #kept: Moment[] = [];
  readonly #most: number;

  /** @param most  how many are kept; of more the oldest goes */
  constructor(most = 200) {
    this.#most = most;
  }

  /** Keeps a moment; one of the same step takes the place of the earlier. */
  keep(moment: Moment): void {
    this.forgetFrom(moment.steps);
    this.#kept.push(moment);
    if (this.#kept.length > this.#most) this.#kept.shift();
  }

  /** The latest moment at or before a step, if one is kept. */
  before(steps: number): Moment | undefined {
    return this.#kept.findLast((moment) => moment.steps <= steps);
  }

  /** Forgets everything. */
  clear(): void {
    this.#kept.length = 0;
  }

  /** Forgets what came at a step or after it. */
  forgetFrom(steps: number): void {
    while ((this.#kept.at(-1)?.steps ?? -1) >= steps) this.#kept.pop();
  }
}
