/** Where a `randomState` stands: plain data, ready for JSON. */
export interface MersenneState {
  readonly generator: 'mt19937';
  /** 624 words, 0 … 2³² − 1. */
  readonly key: readonly number[];
  /** How many of them are used up, 0 … 624. */
  readonly position: number;
  /** The second number of the last pair of normals, when it is still to be given. */
  readonly normal: number | null;
}

/** Where a `generator` stands: plain data, ready for JSON. */
export interface PcgState {
  readonly generator: 'pcg64';
  /** Four words, 0 … 2³² − 1, lowest first. */
  readonly state: readonly number[];
  readonly increment: readonly number[];
  /** The upper half of a 64-bit word of which the lower one is used up. */
  readonly kept: number | null;
}

/** Where a generator stands: plain data that `restore` takes back. */
export type GeneratorState = MersenneState | PcgState;

/** What a part of a state must be, in words and as a test. */
export type Part = readonly [law: string, fits: (value: unknown) => boolean];

/**
 * Refuses a state that is not whole, before anything is changed.
 *
 * @throws TypeError when it belongs to another generator
 * @throws RangeError when a part of it is missing or cannot be
 */
export function checkState(asked: string, state: GeneratorState, generator: string, parts: Record<string, Part>): void {
  if (state?.generator !== generator) {
    throw new TypeError(
      `${asked}.restore: expected a state of ${generator}, got ${JSON.stringify(state?.generator ?? state)}. ` +
        `Restore it into the generator that gave it.`,
    );
  }
  for (const [name, [law, fits]] of Object.entries(parts)) {
    const value = (state as unknown as Record<string, unknown>)[name];
    if (!fits(value)) {
      throw new RangeError(
        `${asked}.restore: ${name} must be ${law}, got ${Array.isArray(value) ? `${value.length} values` : String(value)}. ` +
          `Give back what state() gave, unchanged.`,
      );
    }
  }
}

export function isWord(value: unknown): boolean {
  return (value as number) >>> 0 === value;
}

/** So many 32-bit words. */
export function wordsPart(count: number): Part {
  return [`${count} 32-bit words`, (value) => Array.isArray(value) && value.length === count && value.every(isWord)];
}
