/** A moment, in milliseconds: by the clock, and by how long the threads of this process have had a processor. */
export interface Moment {
  readonly clock: number;
  readonly processor: number;
}

export function now(): Moment {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
}

/**
 * How long something took, in milliseconds: by the clock, or less when the process had a processor for less than that.
 * Other programs had the processor then: what is measured here never waits for anything else.
 */
export function between(start: Moment, end: Moment): number {
  return Math.min(end.clock - start.clock, end.processor - start.processor);
}
