import { compile, gradients, ones, stepRandom, type Tensor, tensor, watch } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { sequential } from './sequential.ts';
import { randomState } from '@nn/tensor';

const training = { training: true };

describe('dropout', () => {
  test('changes nothing unless a model is trained', () => {
    const x = tensor([1, -2, 3]);
    const layer = dropout(0.5, { random: stepRandom(0) });
    expect(layer(x).toArray()).toEqual([1, -2, 3]);
    expect(layer(x, { training: false }).toArray()).toEqual([1, -2, 3]);
    expect([...layer.buffers['random']!.data]).toEqual([0, 0]);
  });

  test('sets about the given share to 0 and scales the rest, so that the mean stays', () => {
    const y = dropout(0.2, { random: stepRandom(3) })(ones([10_000]), training);
    const values = [...y.data];
    expect(new Set(values)).toEqual(new Set([0, 1.25]));
    // The count is binomial: 2,000 with standard deviation 40.
    expect(Math.abs(values.filter((value) => value === 0).length - 2000)).toBeLessThan(160);
  });

  test('lets the gradient through where the number stays', () => {
    const layer = dropout(0.5, { random: stepRandom(1) });
    const x = watch(ones([100]));
    const y = layer(x, training);
    expect(gradients(y.sum(), x).toArray()).toEqual(y.toArray());
  });

  test('draws a new mask in every step, with the same bits eager and compiled', () => {
    const eager = dropout(0.5, { random: stepRandom(7) });
    const inside = dropout(0.5, { random: stepRandom(7) });
    const step = compile((x: Tensor) => inside(x, training) as Tensor, wasm);
    const x = ones([50]) as Tensor;
    const masks = [0, 1, 2].map(() => [eager(x, training), step(x)].map((y) => JSON.stringify([...y.data])));
    for (const [expected, got] of masks) expect(got).toBe(expected);
    expect(new Set(masks.map(([mask]) => mask)).size).toBe(3);
  });

  test('is reached by the setting of a model, and gives it its state', () => {
    const model = sequential(
      dense(2, 8, { random: randomState(0) }),
      dropout(0.5, { random: stepRandom(0), name: 'drop' }),
    );
    expect(Object.keys(model.buffers)).toEqual(['drop.random']);
    const x = ones([4, 2]);
    expect(model(x, training).toArray()).not.toEqual(model(x).toArray());
  });

  test.each([-0.1, 1, NaN])('refuses the rate %d', (rate) => {
    expect(() => dropout(rate, { random: stepRandom(0) })).toThrow(RangeError);
  });

  test('refuses a generator that a compiled step would freeze', () => {
    expect(() => dropout(0.5, { random: randomState(0) as never })).toThrow(
      'dropout(0.5): random must be a generator for steps, got object. Write { random: stepRandom(seed) }.',
    );
    expect(() => dropout(0.5, {} as never)).toThrow('got none');
  });
});
