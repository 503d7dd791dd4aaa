import { describe, expect, test } from 'vitest';
import golden from '../../golden/float64_math.json' with { type: 'json' };
import { compile } from '../compile/compile.ts';
import { fromTypedArray, tensor } from '../creation.ts';
import { erf } from '../functions.ts';
import { erf as erfOf } from '../numbers/erf.ts';
import { floatPower } from '../operations/elementwise.ts';
import { type Tensor, variable } from '../tensor.ts';
import { wasm } from './index.ts';

// Every function is compared with Math in float64, whose error is far below one ulp of float32.
const functions: readonly (readonly [string, (x: Tensor) => Tensor, (x: number) => number])[] = [
  ['cos', (x) => x.cos(), Math.cos],
  ['erf', (x) => erf(x), erfOf],
  ['exp', (x) => x.exp(), Math.exp],
  ['expm1', (x) => x.expm1(), Math.expm1],
  ['log', (x) => x.log(), Math.log],
  ['log1p', (x) => x.log1p(), Math.log1p],
  ['sin', (x) => x.sin(), Math.sin],
  ['tanh', (x) => x.tanh(), Math.tanh],
];

const special = [
  0,
  -0,
  2 ** -149,
  -(2 ** -149),
  2 ** -126,
  -(2 ** -126),
  0.5,
  -0.5,
  1,
  -1,
  2,
  -2,
  3,
  -3,
  2.5,
  -2.5,
  2 ** 24 - 1,
  1 - 2 ** 24,
  2 ** 28,
  2 ** 127,
  -(2 ** 127),
  Infinity,
  -Infinity,
  NaN,
];

/** Every 8191st of all float32 numbers: both signs, subnormal numbers, infinity, NaN. */
const all = new Float32Array(Uint32Array.from({ length: Math.floor(2 ** 32 / 8191) }, (_, at) => at * 8191).buffer);

const double = new DataView(new ArrayBuffer(8));

/** The distance between float32 numbers of this magnitude. */
function unit(value: number): number {
  double.setFloat64(0, value);
  const exponent = ((double.getUint16(0) >> 4) & 0x7ff) - 1023;
  return 2 ** (Math.min(Math.max(exponent, -126), 127) - 23);
}

/** The error in units in the last place. A wrong 0, infinity, NaN or sign counts as an infinite error. */
function error(found: number, exact: number): number {
  const rounded = Math.fround(exact);
  if (Object.is(found, rounded)) return 0;
  if (Number.isNaN(found) || Number.isNaN(exact) || Math.sign(found) * Math.sign(exact) < 0) return Infinity;
  // An infinite argument or a pole. Otherwise infinity counts as the number after the largest.
  if (!Number.isFinite(exact)) return Infinity;
  if (found === 0 && rounded === 0) return Infinity;
  const within = (value: number): number => Math.max(-(2 ** 128), Math.min(2 ** 128, value));
  return Math.abs(within(found) - within(exact)) / unit(exact);
}

/** The largest error, and where it is. */
function worst(found: ArrayLike<number>, exact: (at: number) => number): { error: number; at: number } {
  let [largest, where] = [0, 0];
  for (let at = 0; at < found.length; at++) {
    const one = error(found[at]!, exact(at));
    if (one > largest) [largest, where] = [one, at];
  }
  return { error: largest, at: where };
}

const vector = (values: ArrayLike<number>): Tensor => fromTypedArray(Float32Array.from(values), [values.length]);

describe.each([
  ['with fused multiply-add', wasm],
  ['deterministic', wasm({ deterministic: true })],
] as const)('%s', (_, backend) => {
  test.each(functions)('%s is within 2 units in the last place over all float32 numbers', (name, step, exact) => {
    const found = compile(step, backend)(vector(all)).data;
    const { error: largest, at } = worst(found, (one) => exact(all[one]!));
    expect(largest, `${name}(${all[at]!}) = ${found[at]!}`).toBeLessThanOrEqual(2);
  });

  test.each(functions)('%s is right at zeros, infinities, NaN and the ends of the range', (name, step, exact) => {
    const found = compile(step, backend)(vector(special)).data;
    special.forEach((x, at) => {
      expect(error(found[at]!, exact(x)), `${name}(${x}) = ${found[at]!}`).toBeLessThanOrEqual(2);
    });
  });

  test('a result does not depend on the other elements of the vector', () => {
    for (const [name, step] of functions) {
      const compiled = compile(step, backend);
      const alone = special.flatMap((x) => [...compiled(vector([x])).data]);
      expect([...compiled(vector(special)).data], name).toEqual(alone);
    }
  });

  test('sines near multiples of π are within 2 units in the last place', () => {
    const multiples = Float32Array.from({ length: 20_000 }, (_unused, n) => (n * n + n) * Math.PI);
    const found = compile((x: Tensor) => x.sin(), backend)(vector(multiples)).data;
    expect(worst(found, (at) => Math.sin(multiples[at]!)).error).toBeLessThanOrEqual(2);
  });

  test('powers of special numbers to special numbers are those of C99', () => {
    const pairs = special.flatMap((a) => special.map((b) => [a, b] as const));
    const power = compile((a: Tensor, b: Tensor) => a.pow(b), backend);
    const found = power(vector(pairs.map(([a]) => a)), vector(pairs.map(([, b]) => b))).data;
    pairs.forEach(([a, b], at) => {
      expect(error(found[at]!, floatPower(a, b)), `${a} ** ${b} = ${found[at]!}`).toBeLessThanOrEqual(2);
    });
  });

  test('powers are within 2 units in the last place over the whole range of results', () => {
    // The exponents are such that results cover the whole range, in an order unrelated to the bases.
    const bases = all.filter((a) => Math.abs(a) > 0 && Math.abs(a) < Infinity);
    const exponents = bases.map((a, at) => {
      const b = (((at * 0.6180339887498949) % 1) * 290 - 155) / Math.log2(Math.abs(a));
      return a < 0 ? Math.round(b) : b;
    });
    const found = compile((a: Tensor, b: Tensor) => a.pow(b), backend)(vector(bases), vector(exponents)).data;
    const { error: largest, at } = worst(found, (one) => floatPower(bases[one]!, exponents[one]!));
    expect(largest, `${bases[at]!} ** ${exponents[at]!} = ${found[at]!}`).toBeLessThanOrEqual(2);
  });

  test.each([-2, -1, -0.5, 0, 0.5, 1, 2, 3, 1.75, -7])('powers with the constant exponent %d are those of C99', (b) => {
    const power = compile((a: Tensor) => a.pow(b), backend);
    for (const bases of [all, Float32Array.from(special)]) {
      const found = power(vector(bases)).data;
      const { error: largest, at } = worst(found, (one) => floatPower(bases[one]!, b));
      expect(largest, `${bases[at]!} ** ${b} = ${found[at]!}`).toBeLessThanOrEqual(2);
    }
  });
});

/** A float64 from the 16 hexadecimal digits of its bits. */
function fromHex(hex: string): number {
  double.setBigUint64(0, BigInt(`0x${hex}`));
  return double.getFloat64(0);
}

/** The difference of two float64 numbers in units in the last place. */
function unitsApart(found: number, right: number): number {
  if (Object.is(found, right)) return 0;
  if (!Number.isFinite(found) || !Number.isFinite(right)) return Infinity;
  double.setFloat64(0, right);
  const exponent = ((double.getUint16(0) >> 4) & 0x7ff) - 1023;
  return Math.abs(found - right) / 2 ** (Math.max(exponent, -1022) - 52);
}

describe('in float64', () => {
  const steps = {
    cos: [(x: Tensor) => x.cos(), Math.cos],
    erf: [erf, erfOf],
    exp: [(x: Tensor) => x.exp(), Math.exp],
    expm1: [(x: Tensor) => x.expm1(), Math.expm1],
    log: [(x: Tensor) => x.log(), Math.log],
    log1p: [(x: Tensor) => x.log1p(), Math.log1p],
    sin: [(x: Tensor) => x.sin(), Math.sin],
    tanh: [(x: Tensor) => x.tanh(), Math.tanh],
  } as const;
  const names = Object.keys(steps) as readonly (keyof typeof steps)[];
  const doubles = (values: readonly number[]): Tensor =>
    fromTypedArray(Float64Array.from(values), [values.length]) as Tensor;

  test.each(names)('%s is within 2 units in the last place of the correctly rounded result', (name) => {
    const points = golden[name].map((pair) => pair.map(fromHex) as [number, number]);
    const found = compile(steps[name][0], wasm)(doubles(points.map(([x]) => x))).data;
    points.forEach(([x, right], at) => {
      expect(unitsApart(found[at]!, right), `${name}(${x}) = ${found[at]!}, not ${right}`).toBeLessThanOrEqual(2);
    });
  });

  test.each(names)('%s is right at zeros, infinities, NaN and the ends of the range', (name) => {
    const ends = [...special, 2 ** -1074, -(2 ** -1074), 2 ** -1022, 709.7, 709.8, -745.1, -745.2, 2 ** 20, 2 ** 1023];
    const [step, exact] = steps[name];
    const found = compile(step, wasm)(doubles(ends)).data;
    ends.forEach((x, at) => {
      expect(unitsApart(found[at]!, exact(x)), `${name}(${x}) = ${found[at]!}`).toBeLessThanOrEqual(2);
    });
  });

  const power = compile((a: Tensor, b: Tensor) => a.pow(b), wasm);

  test('powers are within 2 units in the last place of the correctly rounded result', () => {
    const points = golden.pow.map((triple) => triple.map(fromHex) as [number, number, number]);
    const found = power(doubles(points.map(([a]) => a)), doubles(points.map(([, b]) => b))).data;
    points.forEach(([a, b, right], at) => {
      expect(unitsApart(found[at]!, right), `${a} ** ${b} = ${found[at]!}, not ${right}`).toBeLessThanOrEqual(2);
    });
  });

  test('powers of special numbers to special numbers are those of C99', () => {
    const ends = [...special, 2 ** -1074, -(2 ** -1074), 2 ** 53 + 2, 2 ** 53 - 1, 1 + 2 ** -52, 1e300, -1e300, 1e-300];
    const pairs = ends.flatMap((a) => ends.map((b) => [a, b] as const));
    const found = power(doubles(pairs.map(([a]) => a)), doubles(pairs.map(([, b]) => b))).data;
    pairs.forEach(([a, b], at) => {
      expect(unitsApart(found[at]!, floatPower(a, b)), `${a} ** ${b} = ${found[at]!}`).toBeLessThanOrEqual(2);
    });
  });

  test.each([-2, -1, -0.5, 0, 0.5, 1, 2, 3, 1.75])('powers with the constant exponent %d are those of C99', (b) => {
    const bases = [...special, 1.1, -1.1, 3.7e100, 1e-160, 123.456];
    const found = compile((a: Tensor) => a.pow(b), wasm)(doubles(bases)).data;
    bases.forEach((a, at) => {
      expect(unitsApart(found[at]!, floatPower(a, b)), `${a} ** ${b} = ${found[at]!}`).toBeLessThanOrEqual(2);
    });
  });
});

describe('in int32', () => {
  const bases = [0, 1, -1, 2, -2, 3, -7, 46_341, 2 ** 31 - 1, -(2 ** 31)];
  const exponents = [0, 1, 2, 3, 5, 31, 32, 12_345, 2 ** 31 - 1];
  const integers = (values: readonly number[]): Tensor =>
    fromTypedArray(Int32Array.from(values), [values.length]) as Tensor;
  const wrapped = (a: number, b: number): number => Number(BigInt.asIntN(32, BigInt(a) ** BigInt(b)));

  test('powers keep the lowest 32 bits', () => {
    const pairs = bases.flatMap((a) => exponents.slice(0, -1).map((b) => [a, b] as const));
    const power = compile((a: Tensor, b: Tensor) => a.pow(b), wasm);
    const found = power(integers(pairs.map(([a]) => a)), integers(pairs.map(([, b]) => b))).data;
    expect([...found]).toEqual(pairs.map(([a, b]) => wrapped(a, b)));
  });

  test.each(exponents)('powers with the constant exponent %d are those of eager', (b) => {
    const eager = integers(bases).pow(b).data;
    expect([...compile((a: Tensor) => a.pow(b), wasm)(integers(bases)).data]).toEqual([...eager]);
  });

  test('a negative exponent is refused before a variable is changed', () => {
    const count = variable(tensor([1]));
    const step = compile((a: Tensor, b: Tensor) => {
      count.assign(count.add(1));
      return a.pow(b).add(count.cast('int32')).sum();
    }, wasm);
    expect(() => step(integers([2, 3, 4]), integers([2, -3, 1]))).toThrow(
      'pow: integers to negative integer powers are not allowed, got exponent -3. Cast one of them to float32.',
    );
    expect(count.toArray()).toEqual([1]);
    expect(step(integers([2, 3, 4]), integers([2, 3, 1])).item()).toBe(4 + 27 + 4 + 3 * 2);
  });

  test('only the exponents of elements are checked, not the other lanes of a vector', () => {
    const step = compile((a: Tensor, b: Tensor) => a.pow(b.sub(1).slice([0, 3])), wasm);
    expect(step(integers([2, 3, 4]), integers([1, 2, 3, 0])).toArray()).toEqual([1, 3, 16]);
  });
});
