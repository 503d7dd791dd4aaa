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

/**
 * Refuses a state that is not whole, before anything is changed.
 *
 * @param law  of which generator it must be, and what it must hold
 * @throws TypeError when it is not
 */
export function checkState(fits: boolean, law: string): void {
  if (fits) return;
  throw new TypeError(`restore: expected a state of ${law}. Give back what state() gave, unchanged.`);
}

export function isWord(value: unknown): boolean {
  return (value as number) >>> 0 === value;
}

/** So many 32-bit words. */
export function isWords(value: unknown, count: number): boolean {
  return Array.isArray(value) && value.length === count && value.every(isWord);
}
