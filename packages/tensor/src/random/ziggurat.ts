import { exactLog } from '../numbers/exact-log.ts';
import type { PcgSource } from './random.ts';

// The ziggurats of NumPy's `Generator`: normals and exponentials with one multiplication and one comparison each.
//
// The area under a falling density is cut into 256 layers of equal area: 255 rectangles on top of each other, and a base
// layer with the tail. A point is drawn in one layer. It is nearly always in the part whose whole height is under the curve.

/** The layers of one density. */
interface Tables {
  /** The width of layer i, divided by the number of positions to draw from: 2⁵² for normals, 2⁵³ for exponentials. */
  readonly scale: Float64Array;
  /** All positions below this are under the curve of layer i. */
  readonly limit: Float64Array;
  /** The height of the curve where layer i ends. */
  readonly height: Float64Array;
  readonly scale32: Float32Array;
  readonly limit32: Int32Array;
  readonly height32: Float32Array;
}

/** Where the tail of e^(−x²/2) begins. */
const normalTailStart = 3.654152885361009;
/** The area of each layer. */
const normalArea = 0.004928673233974652;

let normalTables: Tables | undefined;

/**
 * NumPy's tables to the last bit: the recurrence they were made with, in doubles.
 *
 *   xᵢ = √(−2 ln yᵢ)   with yᵢ = area/xᵢ₊₁ + f(xᵢ₊₁)
 */
function makeNormalTables(): Tables {
  const width = new Float64Array(256);
  const height = new Float64Array(256);
  const limit = new Float64Array(256);
  const remainder = new Float64Array(1);
  width[255] = normalTailStart;
  height[255] = 0.001260285930498598;
  for (let index = 254; index > 0; index--) {
    const last = width[index + 1] as number;
    const y = normalArea / last + (height[index + 1] as number);
    const log = exactLog(y, remainder);
    const x = Math.sqrt(-2 * log);
    width[index] = x;
    // e^t for t close to ln y: y · e^(t − ln y). One height in NumPy's table is a unit in the last position higher.
    height[index] = index === 38 ? 0.6773880362187735 : y + y * (-0.5 * x * x - log - (remainder[0] as number));
    // Rounded to an integer, ties to even.
    limit[index + 1] = (x / last) * 4503599627370496 + 4503599627370496 - 4503599627370496;
  }
  width[0] = normalArea / (height[255] as number);
  height[0] = 1;
  limit[0] = (normalTailStart / (width[0] as number)) * 4503599627370496;
  const scale = width.map((x) => x / 4503599627370496);
  return {
    scale,
    limit,
    height,
    scale32: Float32Array.from(scale, (x) => x * 536870912),
    limit32: Int32Array.from(limit, (count) => Math.round(count / 536870912)),
    height32: Float32Array.from(height),
  };
}

/**
 * A normal with mean 0 and standard deviation 1, in float64.
 *
 * @see G. Marsaglia, W. W. Tsang, The ziggurat method for generating random variables (2000)
 */
export function normalZiggurat(source: PcgSource): number {
  normalTables ??= makeNormalTables();
  const { scale, limit, height } = normalTables;
  const { bits } = source;
  for (;;) {
    bits.next();
    const low = bits.halves[0] as number;
    const high = bits.halves[1] as number;
    // From below: 8 bits choose the layer, 1 the sign, 52 the position.
    const layer = low & 255;
    const position = (high & 0x1fffffff) * 8388608 + (low >>> 9);
    const distance = position * (scale[layer] as number);
    const x = low & 256 ? -distance : distance;
    if (position < (limit[layer] as number)) return x;
    if (layer === 0) {
      for (;;) {
        const beyond = -0.27366123732975827 * exactLog(1 - source.unit());
        const bound = -exactLog(1 - source.unit());
        if (bound + bound > beyond * beyond)
          return low & 0x20000 ? -(normalTailStart + beyond) : normalTailStart + beyond;
      }
    }
    const bottom = height[layer] as number;
    if (((height[layer - 1] as number) - bottom) * source.unit() + bottom < Math.exp(-0.5 * x * x)) return x;
  }
}

/** The same in float32, from half as many bits. */
export function normalZiggurat32(source: PcgSource): number {
  normalTables ??= makeNormalTables();
  const { scale32, limit32, height32 } = normalTables;
  const round = Math.fround;
  for (;;) {
    const word = source.bits.word();
    // From below: 8 bits choose the layer, 1 the sign, 23 the position.
    const layer = word & 255;
    const position = word >>> 9;
    const distance = round(position * (scale32[layer] as number));
    const x = word & 256 ? -distance : distance;
    if (position < (limit32[layer] as number)) return x;
    if (layer === 0) {
      for (;;) {
        const beyond = round(-0.2736612260341644 * round(exactLog(1 - source.unit('float32'))));
        const bound = -round(exactLog(1 - source.unit('float32')));
        if (round(bound + bound) > round(beyond * beyond)) {
          const far = round(round(normalTailStart) + beyond);
          return word & 0x20000 ? -far : far;
        }
      }
    }
    const bottom = height32[layer] as number;
    const depth = round((height32[layer - 1] as number) - bottom);
    if (round(round(depth * source.unit('float32')) + bottom) < Math.exp(-0.5 * x * x)) return x;
  }
}

// The layers of e^(−x). NumPy's tables are the exact numbers rounded once, so they are computed with 128 bits after the
// point.

const one = 1n << 128n;
const ln2 = 0xb17217f7d1cf79abc9e3b39803f2f6afn;
/** Where the tail of e^(−x) begins: r = 7.697117470131049714… */
const exponentialTail = 0x7b2764a5faee0a5e14b5e2652bfb45a04n;
const exponentialTailStart = 7.69711747013105;

let exponentialTables: Tables | undefined;

function makeExponentialTables(): Tables {
  const scale = new Float64Array(256);
  const height = new Float64Array(256);
  const limit = new Float64Array(256);
  // e^(−r), and the area of each layer, (r + 1) · e^(−r).
  let y = 0x1dc31c329f0b4ad1d70a30acfdee18n;
  const area = 0x102d84bc4b02853b76c31811252a94en;
  const put = (index: number, x: bigint): void => {
    // A bigint becomes the nearest number; powers of two change nothing in it.
    scale[index] = Number(x) / 2 ** 181;
    height[index] = Number(y) / 2 ** 128;
  };
  put(255, exponentialTail);
  let x = exponentialTail;
  for (let index = 254; index > 0; index--) {
    y += (area << 128n) / x;
    const next = negativeLog(y);
    limit[index + 1] = 2 * Number((next << 52n) / x);
    x = next;
    put(index, x);
  }
  // The base is as wide as if its tail were folded into the rectangle.
  const base = (area << 128n) / 0x1dc31c329f0b4ad1d70a30acfdee18n;
  y = one;
  put(0, base);
  limit[0] = 2 * Number((exponentialTail << 52n) / base);
  const scale32 = Float32Array.from(scale, (width) => width * 1073741824);
  // This one is a unit in the last position higher in NumPy's table.
  scale32[226] = 4.4002547383570345e-7;
  return {
    scale,
    limit,
    height,
    scale32,
    limit32: Int32Array.from(limit, (count) => Math.round(count / 1073741824)),
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
  exponentialTables ??= makeExponentialTables();
  const { scale, limit, height } = exponentialTables;
  const { bits } = source;
  for (;;) {
    bits.next();
    const low = bits.halves[0] as number;
    const high = bits.halves[1] as number;
    // From below: 3 bits are dropped, 8 choose the layer, 53 the position.
    const layer = (low >>> 3) & 255;
    const position = (high >>> 0) * 2097152 + (low >>> 11);
    const x = position * (scale[layer] as number);
    if (position < (limit[layer] as number)) return x;
    if (layer === 0) return exponentialTailStart - exactLog(1 - source.unit());
    const bottom = height[layer] as number;
    if (((height[layer - 1] as number) - bottom) * source.unit() + bottom < Math.exp(-x)) return x;
  }
}

/** The same in float32, from half as many bits. */
export function exponentialZiggurat32(source: PcgSource): number {
  exponentialTables ??= makeExponentialTables();
  const { scale32, limit32, height32 } = exponentialTables;
  const round = Math.fround;
  for (;;) {
    const word = source.bits.word();
    // From below: 1 bit is dropped, 8 choose the layer, 23 the position.
    const layer = (word >>> 1) & 255;
    const position = word >>> 9;
    const x = round(position * (scale32[layer] as number));
    if (position < (limit32[layer] as number)) return x;
    if (layer === 0) return round(round(exponentialTailStart) - round(exactLog(1 - source.unit('float32'))));
    const bottom = height32[layer] as number;
    const depth = round((height32[layer - 1] as number) - bottom);
    if (round(round(depth * source.unit('float32')) + bottom) < round(Math.exp(-x))) return x;
  }
}
