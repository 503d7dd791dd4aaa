import { exactLog } from './exact-log.ts';
import type { PcgSource } from './source.ts';

// The area under e^(−x) cut into 256 pieces of equal area, as for the normals. NumPy's tables are these numbers rounded
// once, so they are worked out with 128 bits after the point.

const one = 1n << 128n;
const ln2 = 0xb17217f7d1cf79abc9e3b39803f2f6afn;
/** Where the tail begins: r = 7.697117470131049714… */
const start = 0x7b2764a5faee0a5e14b5e2652bfb45a04n;
const tailStart = 7.69711747013105;

interface Tables {
  /** The width of piece i, over 2⁵³. */
  readonly scale: Float64Array;
  /** Below this, of 2⁵³, a point of piece i lies under the curve. */
  readonly inside: Float64Array;
  /** The height of the curve where piece i ends. */
  readonly height: Float64Array;
  readonly scale32: Float32Array;
  readonly inside32: Int32Array;
  readonly height32: Float32Array;
}

let tables: Tables | undefined;

function makeTables(): Tables {
  const scale = new Float64Array(256);
  const height = new Float64Array(256);
  const inside = new Float64Array(256);
  // e^(−r), and the area of each piece, (r + 1) · e^(−r).
  let y = 0x1dc31c329f0b4ad1d70a30acfdee18n;
  const area = 0x102d84bc4b02853b76c31811252a94en;
  const put = (index: number, x: bigint): void => {
    // A bigint becomes the nearest number; powers of two change nothing in it.
    scale[index] = Number(x) / 2 ** 181;
    height[index] = Number(y) / 2 ** 128;
  };
  put(255, start);
  let x = start;
  for (let index = 254; index > 0; index--) {
    y += (area << 128n) / x;
    const next = negativeLog(y);
    inside[index + 1] = 2 * Number((next << 52n) / x);
    x = next;
    put(index, x);
  }
  // The base is as wide as if its tail were folded into the rectangle.
  const base = (area << 128n) / 0x1dc31c329f0b4ad1d70a30acfdee18n;
  y = one;
  put(0, base);
  inside[0] = 2 * Number((start << 52n) / base);
  const scale32 = Float32Array.from(scale, (width) => width * 1073741824);
  // This one came out a unit higher when the tables were made.
  scale32[226] = 4.4002547383570345e-7;
  return {
    scale,
    inside,
    height,
    scale32,
    inside32: Int32Array.from(inside, (count) => Math.round(count / 1073741824)),
    height32: Float32Array.from(height),
  };
}

/** −ln y for 0 < y ≤ 1: doubled until it is above ½, then 2 artanh((1 − y)/(1 + y)). */
function negativeLog(y: bigint): bigint {
  let log = 0n;
  while (2n * y <= one) {
    y *= 2n;
    log += ln2;
  }
  const s = ((one - y) << 128n) / (one + y);
  const square = (s * s) >> 128n;
  for (let power = 2n * s, odd = 1n; power > 0n; power = (power * square) >> 128n, odd += 2n) log += power / odd;
  return log;
}

/**
 * An exponential with mean 1, in float64.
 *
 * @see G. Marsaglia, W. W. Tsang, The ziggurat method for generating random variables (2000)
 */
export function exponentialZiggurat(source: PcgSource): number {
  tables ??= makeTables();
  const { scale, inside, height } = tables;
  const { bits } = source;
  for (;;) {
    bits.next();
    const low = bits.halves[0] as number;
    const high = bits.halves[1] as number;
    // From below: 3 bits are dropped, 8 choose the piece, 53 the place.
    const piece = (low >>> 3) & 255;
    const place = (high >>> 0) * 2097152 + (low >>> 11);
    const x = place * (scale[piece] as number);
    if (place < (inside[piece] as number)) return x;
    if (piece === 0) return tailStart - exactLog(1 - source.unit());
    const bottom = height[piece] as number;
    if (((height[piece - 1] as number) - bottom) * source.unit() + bottom < Math.exp(-x)) return x;
  }
}

/** The same in float32, from half as many bits. */
export function exponentialZiggurat32(source: PcgSource): number {
  tables ??= makeTables();
  const { scale32, inside32, height32 } = tables;
  const round = Math.fround;
  for (;;) {
    const word = source.bits.word();
    // From below: 1 bit is dropped, 8 choose the piece, 23 the place.
    const piece = (word >>> 1) & 255;
    const place = word >>> 9;
    const x = round(place * (scale32[piece] as number));
    if (place < (inside32[piece] as number)) return x;
    if (piece === 0) return round(round(tailStart) - round(exactLog(1 - source.unit('float32'))));
    const bottom = height32[piece] as number;
    const depth = round((height32[piece - 1] as number) - bottom);
    if (round(round(depth * source.unit('float32')) + bottom) < round(Math.exp(-x))) return x;
  }
}
