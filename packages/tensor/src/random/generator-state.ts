import { checkNotTracing } from './draw.ts';
import type { Random } from './random.ts';

/** The state of a `randomState`: plain data, ready for JSON. */
export interface MersenneState {
  readonly generator: 'mt19937';
  /** 624 words, 0 … 2³² − 1. */
  readonly key: readonly number[];
  /** How many of them are used, 0 … 624. */
  readonly position: number;
  /** The second number of the last pair of normals, when it is not drawn yet. */
  readonly normal: number | null;
}

/** The state of a `generator`: plain data, ready for JSON. */
export interface PcgState {
  readonly generator: 'pcg64';
  /** Four words, 0 … 2³² − 1, lowest first. */
  readonly state: readonly number[];
  readonly increment: readonly number[];
  /** The upper half of a 64-bit word whose lower half is used. */
  readonly kept: number | null;
}

/** The state of a generator: plain data that `restoreGenerator` takes back. */
export type GeneratorState = MersenneState | PcgState;

/** What a part of a state must be: in words, and as a predicate. */
type Part = readonly [requirement: string, fits: (value: unknown) => boolean];

function partsOf(generator: GeneratorState['generator']): Readonly<Record<string, Part>> {
  if (generator === 'mt19937') {
    return {
      key: wordsPart(624),
      position: ['an integer from 0 to 624', (value) => isWord(value) && (value as number) <= 624],
      normal: ['a number or null', (value) => value === null || Number.isFinite(value)],
    };
  }
  return {
    state: wordsPart(4),
    increment: wordsPart(4),
    kept: ['a 32-bit word or null', (value) => value === null || isWord(value)],
  };
}

/**
 * The state of a generator as plain data. `restoreGenerator` continues from it with the same draws.
 *
 * @example generatorState(randomState(0)).position   // 624
 */
export function generatorState({ source: { bits } }: Random): GeneratorState {
  checkNotTracing();
  // JSON has no NaN: a number that is not there is null outside.
  const parts = Object.keys(partsOf(bits.generator)).map((name) => {
    const part = (bits as unknown as Parts)[name];
    return [name, isArray(part) ? Array.from(part, (word) => word >>> 0) : Number.isNaN(part) ? null : part];
  });
  return { generator: bits.generator, ...Object.fromEntries(parts) };
}

/**
 * Sets a generator to a state that `generatorState` gave, and returns it.
 *
 * `restoreGenerator(randomState(0), generatorState(random))` is a second generator with the same draws ahead.
 *
 * @throws TypeError when the state is of another generator
 * @throws RangeError when it is damaged
 */
export function restoreGenerator<R extends Random>(random: R, state: GeneratorState): R {
  checkNotTracing();
  const { bits } = random.source;
  if (state?.generator !== bits.generator) {
    throw new TypeError(
      `restoreGenerator: expected a state of ${bits.generator}, got ${JSON.stringify(state?.generator ?? state)}. ` +
        `Restore it into the generator that gave it.`,
    );
  }
  const given = state as unknown as Parts;
  const parts = Object.entries(partsOf(bits.generator));
  for (const [name, [requirement, fits]] of parts) {
    const value = given[name];
    if (!fits(value)) {
      throw new RangeError(
        `restoreGenerator: ${name} must be ${requirement}, got ${Array.isArray(value) ? `${value.length} values` : String(value)}. ` +
          `Give back what generatorState gave, unchanged.`,
      );
    }
  }
  const own = bits as unknown as Parts;
  for (const [name] of parts) {
    const part = own[name];
    if (isArray(part)) part.set(given[name] as number[]);
    else own[name] = given[name] ?? NaN;
  }
  return random;
}

type Parts = Record<string, unknown>;

function isArray(part: unknown): part is Int32Array | Uint32Array {
  return ArrayBuffer.isView(part);
}

function isWord(value: unknown): boolean {
  return (value as number) >>> 0 === value;
}

/** So many 32-bit words. */
function wordsPart(count: number): Part {
  return [`${count} 32-bit words`, (value) => Array.isArray(value) && value.length === count && value.every(isWord)];
}
