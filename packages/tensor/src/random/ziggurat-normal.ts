import { exactLog } from './exact-log.ts';
import type { PcgSource } from './source.ts';

// The area under e^(−x²/2), x ≥ 0, cut into 256 pieces of equal area: 255 rectangles laid on top of each other and a
// base with the tail. A point is drawn in one of them; nearly always it lies where no question arises.

/** Where the tail begins. */
const tailStart = 3.654152885361009;
/** The area of each piece. */
const area = 0.004928673233974652;

interface Tables {
  /** The width of piece i, over 2⁵². */
  readonly scale: Float64Array;
  /** Below this, of 2⁵², a point of piece i lies under the curve. */
  readonly inside: Float64Array;
  /** The height of the curve where piece i ends. */
  readonly height: Float64Array;
  readonly scale32: Float32Array;
  readonly inside32: Int32Array;
  readonly height32: Float32Array;
}

let tables: Tables | undefined;

/**
 * NumPy's tables to the last bit: the recurrence they were made with, in doubles.
 *
 *   xᵢ = √(−2 ln yᵢ)   with yᵢ = area/xᵢ₊₁ + f(xᵢ₊₁)
 */
function makeTables(): Tables {
  const width = new Float64Array(256);
  const height = new Float64Array(256);
  const inside = new Float64Array(256);
  const remainder = new Float64Array(1);
  width[255] = tailStart;
  height[255] = 0.001260285930498598;
  for (let index = 254; index > 0; index--) {
    const last = width[index + 1] as number;
    const y = area / last + (height[index + 1] as number);
    const log = exactLog(y, remainder);
    const x = Math.sqrt(-2 * log);
    width[index] = x;
    // e^t with t a hair from ln y: y · e^(t − ln y). One height came out a unit higher when the tables were made.
    height[index] = index === 38 ? 0.6773880362187735 : y + y * (-0.5 * x * x - log - (remainder[0] as number));
    // Rounded to a whole number, ties to even.
    inside[index + 1] = (x / last) * 4503599627370496 + 4503599627370496 - 4503599627370496;
  }
  width[0] = area / (height[255] as number);
  height[0] = 1;
  inside[0] = (tailStart / (width[0] as number)) * 4503599627370496;
  const scale = width.map((x) => x / 4503599627370496);
  return {
    scale,
    inside,
    height,
    scale32: Float32Array.from(scale, (x) => x * 536870912),
    inside32: Int32Array.from(inside, (count) => Math.round(count / 536870912)),
    height32: Float32Array.from(height),
  };
}

/**
 * A normal with mean 0 and deviation 1, in float64.
 *
 * @see G. Marsaglia, W. W. Tsang, The ziggurat method for generating random variables (2000)
 */
export function normalZiggurat(source: PcgSource): number {
  tables ??= makeTables();
  const { scale, inside, height } = tables;
  const { bits } = source;
  for (;;) {
    bits.next();
    const low = bits.halves[0] as number;
    const high = bits.halves[1] as number;
    // From below: 8 bits choose the piece, 1 the sign, 52 the place.
    const piece = low & 255;
    const place = (high & 0x1fffffff) * 8388608 + (low >>> 9);
    const distance = place * (scale[piece] as number);
    const x = low & 256 ? -distance : distance;
    if (place < (inside[piece] as number)) return x;
    if (piece === 0) {
      for (;;) {
        const beyond = -0.27366123732975827 * exactLog(1 - source.unit());
        const bound = -exactLog(1 - source.unit());
        if (bound + bound > beyond * beyond) return low & 0x20000 ? -(tailStart + beyond) : tailStart + beyond;
      }
    }
    const bottom = height[piece] as number;
    if (((height[piece - 1] as number) - bottom) * source.unit() + bottom < Math.exp(-0.5 * x * x)) return x;
  }
}

/** The same in float32, from half as many bits. */
export function normalZiggurat32(source: PcgSource): number {
  tables ??= makeTables();
  const { scale32, inside32, height32 } = tables;
  const round = Math.fround;
  for (;;) {
    const word = source.bits.word();
    // From below: 8 bits choose the piece, 1 the sign, 23 the place.
    const piece = word & 255;
    const place = word >>> 9;
    const distance = round(place * (scale32[piece] as number));
    const x = word & 256 ? -distance : distance;
    if (place < (inside32[piece] as number)) return x;
    if (piece === 0) {
      for (;;) {
        const beyond = round(-0.2736612260341644 * round(exactLog(1 - source.unit('float32'))));
        const bound = -round(exactLog(1 - source.unit('float32')));
        if (round(bound + bound) > round(beyond * beyond)) {
          const far = round(round(tailStart) + beyond);
          return word & 0x20000 ? -far : far;
        }
      }
    }
    const bottom = height32[piece] as number;
    const depth = round((height32[piece - 1] as number) - bottom);
    if (round(round(depth * source.unit('float32')) + bottom) < Math.exp(-0.5 * x * x)) return x;
  }
}
