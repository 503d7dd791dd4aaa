import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { compile, type Tensor } from '../src/index.ts';
import type { Operation } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { apply } from '../src/tensor.ts';
import { wasm } from '../src/wasm/index.ts';
import { mismatches } from './mismatches.ts';
import { takes } from './samples.ts';
import { threadsInSmallChunks } from './small-chunks.ts';
import { tensorWithLayout } from './layouts.ts';

// Zeros have signs: eager and compiled results agree in them. `mismatches` tells −0 from 0.

const backends: readonly (readonly [string, Backend])[] = [
  ['the reference', reference],
  ['wasm', wasm],
  ['wasm that is the same everywhere', wasm({ deterministic: true })],
  ['wasm that threads share', wasm({ threads: threadsInSmallChunks(2) })],
];
const floats = ['float32', 'float64'] as const;
const specials = [0, -0, NaN, Infinity, -Infinity, 1, -1, 0.5, -0.5, 1.5, -2.5, 2, -3];

const of = (values: readonly number[], dtype: (typeof floats)[number], shape = [values.length]): Tensor =>
  tensorWithLayout({ shape, values }, dtype, 'contiguous', undefined);

const elementwise = Object.entries<Operation>(operations).flatMap(([name, operation]) =>
  operation.kind === 'elementwise' && takes(operation, 'float32') ? [[name, operation] as const] : [],
);

test('the oracles: zeros as IEEE 754-2019 has them', () => {
  const [zero, minus] = [of([0], 'float32'), of([-0], 'float32')];
  const found: Readonly<Record<string, readonly [Tensor, number]>> = {
    'relu of −0': [minus.maximum(0), 0],
    'maximum of 0 and −0': [zero.maximum(-0), 0],
    'maximum of −0 and −0': [minus.maximum(-0), -0],
    'minimum of 0 and −0': [zero.minimum(-0), -0],
    'minimum of −0 and 0': [minus.minimum(0), -0],
    'clip of −0 from 0': [minus.clip(0, 1), 0],
    'clip of 0 to −0': [zero.clip(-1, -0), -0],
    'max of −0 and 0': [of([-0, 0], 'float32').max(), 0],
    'max of −0 and −0': [of([-0, -0], 'float32').max(), -0],
    'min of 0 and −0': [of([0, -0], 'float32').min(), -0],
    'min of 0 and 0': [of([0, 0], 'float32').min(), 0],
    'sign of −0': [minus.sign(), -0],
    'round of −0.5': [of([-0.5], 'float32').round(), -0],
    'sum of −0': [of([-0, -0], 'float32').sum(), 0],
  };
  for (const [name, [x, wanted]] of Object.entries(found)) expect([name, x.item()]).toEqual([name, wanted]);
});

describe.each(backends)('%s', (_, backend) => {
  const differences = (run: (...args: Tensor[]) => Tensor, ...args: Tensor[]): unknown[] =>
    mismatches(compile(run, backend)(...args).data, run(...args).data, 2);

  test.each(elementwise)('gives %s the signs that eager gives it', (name, operation) => {
    for (const dtype of floats) {
      const settings = { dtype: 'float32' };
      const down = of(specials, dtype, [specials.length, 1]);
      const across = of(specials, dtype);
      const third = of(specials, dtype, [specials.length, 1, 1]);
      const operands = [down, across, third].slice(0, operation.arity);
      const run = (...args: Tensor[]): Tensor => apply(operation, args, settings as never);
      expect({ name, dtype, found: differences(run, ...operands) }).toEqual({ name, dtype, found: [] });
      if (operation.arity === 1) continue;
      // Numbers that are known when the program is compiled take other ways.
      for (const number of specials) {
        const known = (x: Tensor): Tensor =>
          apply(operation, [x, number, number].slice(0, operation.arity) as never, settings as never);
        const found = differences(known, across);
        expect({ name, dtype, number, found }).toEqual({ name, dtype, number, found: [] });
      }
    }
  });

  const folds = Object.entries<Operation>(operations).flatMap(([name, operation]) =>
    operation.kind === 'reduce' ? [[name, operation] as const] : [],
  );

  test.each(folds)('gives %s the signs that eager gives it', (name, operation) => {
    const pairs = [0, -0].flatMap((one) => [0, -0, -1, 1, NaN].map((other) => [one, other] as const));
    for (const dtype of floats) {
      for (const length of [1, 2, 5, 16, 17, 33, 77]) {
        // In each row all elements but one are equal.
        const rows = pairs.flatMap(([one, other]) =>
          [0, 1, 2, length - 1].map((place) => Array.from({ length }, (__, at) => (at === place ? one : other))),
        );
        const along = of(rows.flat(), dtype, [rows.length, length]);
        for (const [x, axes] of [
          [along, [1]],
          [along.T, [0]],
          [of(rows[length % rows.length]!, dtype), [0]],
        ] as const) {
          const run = (one: Tensor): Tensor => apply(operation as never, [one], { axes, keepdims: false } as never);
          const found = differences(run, x as Tensor);
          expect({ name, dtype, length, axes, found }).toEqual({ name, dtype, length, axes, found: [] });
        }
      }
    }
  });
});
