import { checkEnd } from './integers.ts';
import { checkNumber } from '../check-number.ts';
import { checkCount } from './parameter.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

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

/** The whole numbers to draw from, and how many bits hold one. */
export interface SmallIntegersOptions<K extends keyof SmallIntegerArrays> {
  /** 0 unless given. */
  readonly low?: number;
  /** The first number that is too large. */
  readonly high: number;
  readonly dtype: K;
}

/**
 * Whole numbers of 1, 8 or 16 bits, several from each 32-bit word: what NumPy draws for these dtypes.
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
  { low = 0, high, dtype }: SmallIntegersOptions<K> = {} as SmallIntegersOptions<K>,
): SmallIntegerArrays[K] {
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
