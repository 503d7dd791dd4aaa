import type { DType } from '../dtype.ts';
import { checkNumber } from '../errors.ts';
import { multiplyHigh } from '../numbers/philox.ts';
import { checkOptions } from '../options.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkCount, counting, draw } from './draw.ts';
import type { Pcg64 } from './pcg64.ts';
import type { Random, Source } from './random.ts';

// Integers that are all equally likely: for tensors, one by one for other draws, and packed several to a word.

/** The integers to draw from, `low` ≤ n < `high`. */
export interface IntegersOptions {
  /** 0 unless given. */
  readonly low?: number;
  /** The first number that is too large. */
  readonly high: number;
  /** int32 unless given; float64 holds integers up to 2⁵³. */
  readonly dtype?: DType;
}

/**
 * Integers, low ≤ n < high, all equally likely.
 *
 * @throws RangeError when low is not below high, or the dtype does not hold them
 * @example String(integers(randomState(0), [5], { high: 10 }))   // [5 0 3 3 7]
 */
export function integers(random: Random, shape: undefined, options: IntegersOptions): number;
export function integers<const S extends Shape | []>(random: Random, shape: S, options: IntegersOptions): Tensor<S>;
export function integers(
  { source }: Random,
  shape: Shape | undefined,
  options: IntegersOptions = {} as IntegersOptions,
): number | Tensor {
  const { low = 0, high, dtype = 'int32' } = checkOptions('integers', options, ['low', 'high', 'dtype']);
  const most = 2 ** (dtype === 'int32' ? 31 : 53);
  checkEnd('integers', 'low', low, -most, most, dtype);
  checkEnd('integers', 'high', high, -most, most, dtype);
  checkNumber('integers', 'high', high, low < high, `above low, which is ${low}`);
  const range = high - low;
  checkNumber('integers', 'high − low', range, range <= 2 ** 53, 'at most 2 ** 53');
  return draw('integers', shape, dtype, counting, () => low + drawInteger(source, range));
}

/** An end of an interval of integers that a dtype holds. */
function checkEnd(caller: string, name: string, value: number, least: number, most: number, dtype: string): number {
  const fits = Number.isInteger(value) && value >= least && value <= most;
  return checkNumber(caller, name, value, fits, `an integer from ${least} to ${most} for ${dtype}`);
}

/** An integer from 0 to `range` − 1, for a range from 1 to 2⁵³. */
export function drawInteger(source: Source, range: number): number {
  return source.masked ? maskedInteger(source, range) : multipliedInteger(source.bits, range);
}

/**
 * Words masked to the bits of the largest number, and drawn again while they are above it; for more than 32 bits two words,
 * the upper one first.
 */
export function maskedInteger(source: Source, range: number): number {
  if (range === 1) return 0;
  const largest = range - 1;
  const wide = range > 4294967296;
  const mask = -1 >>> Math.clz32(wide ? Math.floor(largest / 4294967296) : largest);
  for (;;) {
    let value = (source.word() & mask) >>> 0;
    if (wide) value = value * 4294967296 + source.word();
    if (value <= largest) return value;
  }
}

/** The upper half of word · range. The few words that would make some numbers likelier are drawn again (Lemire). */
function multipliedInteger(bits: Pcg64, range: number): number {
  if (range === 1) return 0;
  if (range > 4294967296) return multipliedWideInteger(bits, BigInt(range));
  let word = bits.word();
  if (range === 4294967296) return word;
  let low = Math.imul(word, range) >>> 0;
  if (low < range) {
    const unfair = (4294967296 - range) % range;
    while (low < unfair) {
      word = bits.word();
      low = Math.imul(word, range) >>> 0;
    }
  }
  return multiplyHigh(word, range);
}

function multipliedWideInteger(bits: Pcg64, range: bigint): number {
  const unfair = (2n ** 64n - range) % range;
  for (;;) {
    bits.next();
    const [low = 0, high = 0] = bits.halves;
    const product = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) * range;
    if (BigInt.asUintN(64, product) >= unfair) return Number(product >> 64n);
  }
}

/** What holds the numbers of each kind; booleans are bytes of 0 and 1. */
export interface SmallIntegerArrays {
  bool: Uint8Array;
  uint8: Uint8Array;
  int8: Int8Array;
  uint16: Uint16Array;
  int16: Int16Array;
}

const kinds: {
  readonly [K in keyof SmallIntegerArrays]: {
    readonly array: new (length: number) => SmallIntegerArrays[K];
    readonly bits: number;
    readonly least: number;
  };
} = {
  bool: { array: Uint8Array, bits: 1, least: 0 },
  uint8: { array: Uint8Array, bits: 8, least: 0 },
  int8: { array: Int8Array, bits: 8, least: -128 },
  uint16: { array: Uint16Array, bits: 16, least: 0 },
  int16: { array: Int16Array, bits: 16, least: -32768 },
};

/** The integers to draw from, and how many bits hold one. */
export interface SmallIntegersOptions<K extends keyof SmallIntegerArrays> {
  /** 0 unless given. */
  readonly low?: number;
  /** The first number that is too large. */
  readonly high: number;
  readonly dtype: K;
}

/**
 * Integers of 1, 8 or 16 bits, several from each 32-bit word: what NumPy draws for these dtypes.
 *
 * Bits that are left over in the last word are dropped. `integers` draws for tensors.
 *
 * @param count  how many
 * @throws RangeError when low is not below high, or the dtype does not hold them
 * @throws TypeError when there is no such dtype
 * @example smallIntegers(randomState(0), 3, { high: 256, dtype: 'uint8' }).join(' ')   // 172 10 127
 */
export function smallIntegers<K extends keyof SmallIntegerArrays>(
  { source }: Random,
  count: number,
  options: SmallIntegersOptions<K> = {} as SmallIntegersOptions<K>,
): SmallIntegerArrays[K] {
  const { low = 0, high, dtype } = checkOptions('smallIntegers', options, ['low', 'high', 'dtype']);
  checkCount('smallIntegers', 'count', count);
  const kind = kinds[dtype];
  if (!kind) {
    throw new TypeError(
      `smallIntegers: there is no dtype ${String(dtype)} here, choose one of ${Object.keys(kinds).join(', ')}. ` +
        `Larger numbers come from integers.`,
    );
  }
  const { bits, least } = kind;
  const end = least + 2 ** bits;
  checkEnd('smallIntegers', 'low', low, least, end, dtype);
  checkEnd('smallIntegers', 'high', high, least, end, dtype);
  checkNumber('smallIntegers', 'high', high, low < high, `above low, which is ${low}`);
  const next = below(high - low, bits, source);
  const array = new kind.array(count);
  for (let index = 0; index < count; index++) array[index] = low + next();
  return array;
}

/** Draws below `range` from `bits` bits at a time. */
function below(range: number, bits: number, source: Source): () => number {
  if (range === 1) return () => 0;
  let word = 0;
  let left = 0;
  const part = (): number => {
    if (left === 0) {
      word = source.word();
      left = 32;
    } else {
      word >>>= bits;
    }
    left -= bits;
    return word & (2 ** bits - 1);
  };
  if (range === 2 ** bits) return part;
  if (source.masked) {
    const mask = -1 >>> Math.clz32(range - 1);
    return () => {
      let value = part() & mask;
      while (value >= range) value = part() & mask;
      return value;
    };
  }
  const unfair = (2 ** bits - range) % range;
  return () => {
    let product = part() * range;
    while (product % 2 ** bits < unfair) product = part() * range;
    return Math.floor(product / 2 ** bits);
  };
}
