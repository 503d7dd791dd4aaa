import { describe, expect, test } from 'vitest';
import {
  compile,
  runSteps,
  type StepRandom,
  stepRandom,
  runBatches,
  type Tensor,
  tensor,
  variable,
} from '../src/index.ts';
import type { Backend } from '../src/compile/program.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

const backends: readonly (readonly [string, Backend])[] = [
  ['the reference', reference],
  ['wasm', wasm],
  ['deterministic wasm', wasm({ deterministic: true })],
  ['wasm with three threads', wasm({ threads: threadsInSmallChunks(3) })],
];

const wave = (...shape: number[]): Tensor =>
  tensor(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => 2 * Math.sin(at * 0.7))).reshape(
    shape,
  ) as Tensor;
const numbers = (x: unknown): number[] => [...(x as Tensor).data];

type Draw = (random: StepRandom, x: Tensor) => Tensor;
const some = (draw: unknown): Tensor => draw as Tensor;

// The draws of a step, and computations with them: a product and a sum may be fused.
const draws: Readonly<Record<string, Draw>> = {
  uniform: (random) => some(random.uniform([301, 7])),
  'uniform from low to high': (random) => some(random.uniform([301, 7], { low: -0.3, high: 1.1 })),
  'uniform from low to high, added': (random, x) => x.add(some(random.uniform([301, 7], { high: 1.1 }))),
  normal: (random) => some(random.normal([301, 7])),
  'normal with mean and standard deviation': (random) =>
    some(random.normal([301, 7], { mean: 0.7, standardDeviation: 0.3 })),
  'normal, added': (random, x) => x.add(some(random.normal([301, 7]))).sub(0.1),
  bernoulli: (random, x) => some(random.bernoulli(0.8, [301, 7])).where(x.div(0.8), 0),
  'bernoulli with a tensor of probabilities': (random, x) => some(random.bernoulli(x.abs().div(2), [301, 7])),
  categorical: (random, x) => some(random.categorical(x)),
  // All logits are near 10⁶, so that the rounding of the products decides which class is drawn.
  'categorical, of logits that are products': (random, x) =>
    some(
      random.categorical(
        x
          .div(1e6)
          .add(1)
          .mul(1e6 / 3),
      ),
    ),
  permutation: (random) => some(random.permutation(77)),
  'rows in random order': (random, x) => x.take(some(random.permutation(301)), 0) as Tensor,
  'several draws': (random) =>
    some(random.uniform([50]))
      .add(some(random.normal([50])))
      .add(some(random.uniform([50]))),
};

describe.each(backends)('a step compiled for %s', (_, backend) => {
  test.each(Object.entries(draws))('draws the same bits as eagerly, and new ones in each run: %s', (__, draw) => {
    const [eager, inside] = [stepRandom(11), stepRandom(11)];
    const step = compile((x: Tensor) => draw(inside, x), backend);
    const x = wave(301, 7);
    const seen = new Set<string>();
    for (let run = 0; run < 4; run++) {
      const wanted = numbers(draw(eager, x));
      expect(numbers(step(x))).toEqual(wanted);
      seen.add(wanted.join());
      expect(numbers(inside.state)).toEqual(numbers(eager.state));
    }
    expect(seen.size).toBe(4);
  });

  test('draws different numbers at each draw of one step', () => {
    const random = stepRandom(0);
    const step = compile(() => [random.uniform([40]), random.uniform([40]), random.uniform([40])], backend);
    const all = [...step(), ...step()].flatMap(numbers);
    expect(new Set(all).size).toBe(240);
    expect(numbers(random.state)).toEqual([0, 6]);
  });

  test('advances the state in each step of one call', () => {
    const made = (of: Backend | undefined) => {
      const random = stepRandom(3);
      const sum = variable(tensor([0, 0, 0]));
      const run = (x: Tensor): Tensor => {
        sum.assign(sum.add(random.normal([3])).add(random.uniform([3])));
        return sum.add(x);
      };
      return { random, sum, step: of ? compile(run, of) : run, run };
    };
    const [eager, many] = [made(undefined), made(backend)];
    const compiled = compile(many.run, backend);
    const x = tensor([1, 2, 3]) as Tensor;
    for (let at = 0; at < 25; at++) eager.run(x);
    expect(numbers(runSteps(compiled, 25, x))).toEqual(numbers(eager.sum.add(x)));
    expect(numbers(many.random.state)).toEqual([3, 50]);
    const xs = wave(4, 3);
    const wanted = Array.from({ length: 4 }, (__, at) => numbers(eager.run(xs.slice(at) as Tensor)));
    expect(numbers(runBatches(compiled, xs))).toEqual(wanted.flat());
    expect(numbers(many.random.state)).toEqual(numbers(eager.random.state));
  });

  test('does not change the state when the function throws', () => {
    const random = stepRandom(3);
    const step = compile(() => {
      random.uniform([2]);
      return random.uniform([-1]);
    }, backend);
    expect(() => step()).toThrow(RangeError);
    expect(numbers(random.state)).toEqual([3, 0]);
  });
});
