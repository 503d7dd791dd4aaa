import { describe, expect, test } from 'vitest';
import {
  compile,
  DTypeError,
  normalFrom,
  randomCounter,
  ShapeError,
  type Tensor,
  tensor,
  uniformFrom,
} from '../index.ts';
import { reference } from '../reference/interpreter.ts';
import { wasm } from '../wasm/index.ts';

const next = tensor([0, 1], { dtype: 'int32' });
const numbers = (x: unknown): number[] => [...(x as Tensor).data];

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
function momentOf(values: readonly number[], order: number): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** order));
}

describe('numbers drawn from a counter', () => {
  test('are the words of Philox, as its authors list them for key 0', () => {
    // philox4x32-10, counter 0, key 0: 6627e8d5 e169c58d bc57ac4c 9b00dbd8 (Random123, kat_vectors)
    const words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
    expect(numbers(uniformFrom(randomCounter(0), [4]))).toEqual(words.map((word) => (word >>> 8) / 2 ** 24));
  });

  test('are the same for the same counter, and others for another seed or count', () => {
    const draw = (seed: number, count: number): number[] =>
      numbers(uniformFrom(tensor([seed, count], { dtype: 'int32' }), [6]));
    expect(draw(7, 0)).toEqual(draw(7, 0));
    const draws = [draw(7, 0), draw(7, 1), draw(8, 0), draw(0, 7), draw(-7, 0)];
    const all = draws.flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test('do not depend on the shape they are drawn in', () => {
    const counter = randomCounter(3);
    const [flat, grid] = [uniformFrom(counter, [15]), uniformFrom(counter, [3, 5])];
    expect(grid.shape).toEqual([3, 5]);
    expect(numbers(grid)).toEqual(numbers(flat));
    expect(numbers(uniformFrom(counter, [7]))).toEqual(numbers(flat).slice(0, 7));
    expect(uniformFrom(counter, []).shape).toEqual([]);
    expect(uniformFrom(counter, [0, 4]).shape).toEqual([0, 4]);
    expect([normalFrom(counter, []).shape, normalFrom(counter, [0]).shape]).toEqual([[], [0]]);
  });

  test('lie in [0, 1), spread evenly', () => {
    const values = numbers(uniformFrom(randomCounter(1), [100_000]));
    expect(Math.min(...values.slice(0, 50_000), ...values.slice(50_000))).toBeGreaterThanOrEqual(0);
    expect(values.every((value) => value < 1)).toBe(true);
    // Four standard errors: σ/√n with σ² = 1/12, and for the variance σ²·√(4/5n).
    expect(Math.abs(meanOf(values) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / 1e5));
    expect(Math.abs(momentOf(values, 2) - 1 / 12)).toBeLessThan((4 / 12) * Math.sqrt(4 / 5 / 1e5));
    // Ten bins of 10,000 each, four standard deviations of a binomial.
    const bins = Array.from({ length: 10 }, () => 0);
    for (const value of values) bins[Math.floor(value * 10)]!++;
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(1e5 * 0.09));
    // Neighbours know nothing of each other.
    const products = values.slice(1).map((value, at) => (value - 0.5) * (values[at]! - 0.5));
    expect(Math.abs(meanOf(products))).toBeLessThan(4 / 12 / Math.sqrt(1e5));
  });

  test('are normal: pairs by Box and Muller', () => {
    const counter = randomCounter(5);
    const [u0, u1, v0, v1] = numbers(uniformFrom(counter, [4])) as [number, number, number, number];
    const radius = (u: number): number => Math.sqrt(-2 * Math.log(1 - u));
    const wanted = [
      radius(u0) * Math.cos(2 * Math.PI * v0),
      radius(u1) * Math.cos(2 * Math.PI * v1),
      radius(u0) * Math.sin(2 * Math.PI * v0),
      radius(u1) * Math.sin(2 * Math.PI * v1),
    ];
    const found = numbers(normalFrom(counter, [2, 2]));
    for (const [at, value] of wanted.entries()) expect(found[at]).toBeCloseTo(value, 5);
    expect(numbers(normalFrom(counter, [3]))).toEqual(found.slice(0, 3));
  });

  test('have the moments of the normal distribution', () => {
    const values = numbers(normalFrom(randomCounter(2), [100_001]));
    expect(values).toHaveLength(100_001);
    expect(values.every(Number.isFinite)).toBe(true);
    // Standard errors of mean, variance, skewness and kurtosis: 1, √2, √6, √96, each by √n.
    const root = Math.sqrt(1e5);
    expect(Math.abs(meanOf(values))).toBeLessThan(4 / root);
    expect(Math.abs(momentOf(values, 2) - 1)).toBeLessThan((4 * Math.sqrt(2)) / root);
    expect(Math.abs(momentOf(values, 3))).toBeLessThan((4 * Math.sqrt(15)) / root);
    expect(Math.abs(momentOf(values, 4) - 3)).toBeLessThan((4 * Math.sqrt(96)) / root);
    const beyond = values.filter((value) => Math.abs(value) > 1.959964).length;
    expect(Math.abs(beyond - 5000)).toBeLessThan(4 * Math.sqrt(1e5 * 0.05 * 0.95));
  });
});

describe.each([
  ['the reference', reference],
  ['wasm', wasm],
])('a step compiled for %s', (_, backend) => {
  test('draws what it draws step by step, new numbers at each run', () => {
    const draw = () => {
      const counter = randomCounter(11);
      return {
        counter,
        step: (x: Tensor): Tensor => {
          const kept = uniformFrom(counter, [2, 5]).less(0.8);
          counter.assign(counter.add(next));
          return kept.where(x.div(0.8), 0);
        },
      };
    };
    const [eager, other] = [draw(), draw()];
    const compiled = compile(other.step, backend);
    const x = tensor([
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10],
    ]) as Tensor;
    const seen = new Set<string>();
    for (let run = 0; run < 5; run++) {
      const wanted = eager.step(x);
      expect(numbers(compiled(x))).toEqual(numbers(wanted));
      seen.add(String(wanted));
    }
    expect(seen.size).toBe(5);
    expect(numbers(other.counter)).toEqual([11, 5]);
    expect(numbers(eager.counter)).toEqual([11, 5]);
  });

  test('draws the same normal numbers, within the last places', () => {
    const counter = randomCounter(4);
    const wanted = numbers(normalFrom(counter, [37]));
    const found = numbers(compile(() => normalFrom(counter, [37]), backend)());
    for (const [at, value] of wanted.entries()) expect(found[at]).toBeCloseTo(value, 6);
  });
});

describe('what is no counter is refused:', () => {
  test('one of another length', () => {
    const long = tensor([1, 2, 3], { dtype: 'int32' }) as unknown as Tensor<[2]>;
    for (const draw of [uniformFrom, normalFrom]) {
      expect(() => draw(long, [2])).toThrow(ShapeError);
      expect(() => draw(long, [2])).toThrow(
        'uniform: the counter holds two numbers, the seed and the count, got shape [3]. Write randomCounter(seed).',
      );
    }
  });

  test('one of another dtype', () => {
    expect(() => uniformFrom(tensor([1, 2]), [2])).toThrow(
      "uniform: counter must be int32, got float32. Write cast('int32') behind it.",
    );
  });

  test('a seed alone', () => {
    expect(() => uniformFrom(7 as never, [2])).toThrow('uniformFrom: expected a tensor, got 7. Write tensor(value).');
    expect(() => normalFrom(null as never, [2])).toThrow(DTypeError);
  });

  test('a seed that is too large, and a length that is none', () => {
    expect(() => randomCounter(2 ** 31)).toThrow('randomCounter: 2147483648 lies outside int32');
    expect(() => randomCounter(NaN)).toThrow(DTypeError);
    expect(() => uniformFrom(randomCounter(0), [-1])).toThrow(
      'uniformFrom: every length must be a whole number from 0 on',
    );
    expect(() => normalFrom(randomCounter(0), [1.5])).toThrow('normalFrom: every length');
  });
});
