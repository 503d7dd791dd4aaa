import { describe, expect, test } from 'vitest';
import { softmaxLoss, sigmoidLoss } from '../by-hand/losses.ts';
import { plainNetwork } from '../by-hand/network.ts';
import { adamUpdate, sgdUpdate } from '../by-hand/updates.ts';
import { chain, matmul, softmax } from '../by-hand/arithmetic.ts';
import { digest, type Job } from '../contestant.ts';
import { contestant as nn } from '../contestants/nn.ts';
import type { Numbers } from '../task.ts';
import { fault } from '../workload.ts';
import { workloads } from './index.ts';

const numbers = (shape: number[], ...values: number[]): Numbers => ({ shape, data: new Float32Array(values) });
const result = (job: Job | undefined): number[] => Array.from(job!.result() as ArrayLike<number>);

describe('the plain loops, against numbers worked by hand', () => {
  test('a product of matrices', () => {
    // [[1 2 3], [4 5 6]] · [[1 0], [0 2], [1 1]] = [[4 7], [10 16]]
    const job = matmul({ kind: 'matmul', a: numbers([2, 3], 1, 2, 3, 4, 5, 6), b: numbers([3, 2], 1, 0, 0, 2, 1, 1) });
    expect(result(job)).toEqual(digest([4, 7, 10, 16]));
  });

  test('relu(x · w + b), then its sum', () => {
    // [[1 2], [3 4]] · [2 -1] + [0 3] = [[2 1], [6 -1]]
    const job = chain({ kind: 'chain', x: numbers([2, 2], 1, 2, 3, 4), w: numbers([2], 2, -1), b: numbers([2], 0, 3) });
    expect(result(job)[0]).toBe(9);
  });

  test('softmax', () => {
    const probabilities = [0.25, 0.75, 0.5, 0.5];
    const job = softmax({ kind: 'softmax', x: numbers([2, 2], 0, Math.log(3), 9, 9) });
    result(job).forEach((value, at) => expect(value).toBeCloseTo(digest(probabilities)[at]!, 6));
  });

  test('SGD and Adam', () => {
    const [values, gradients] = [new Float32Array([1]), new Float32Array([0.5])];
    sgdUpdate(values, gradients, 0.1)();
    expect(values[0]).toBeCloseTo(0.95, 6);
    // The first step of Adam is the learning rate, whatever the gradient. So is the second when the gradient stays the same.
    const update = adamUpdate(values, gradients, 0.1);
    update();
    expect(values[0]).toBeCloseTo(0.85, 5);
    update();
    expect(values[0]).toBeCloseTo(0.75, 5);
  });
});

describe.each([
  ['relu', 'softmax', 3],
  ['tanh', 'sigmoid', 1],
] as const)('a plain network with %s and the crossentropy of %s', (activation, _, outputs) => {
  const wave = (shape: number[], phase: number): Numbers => {
    const size = shape.reduce((product, length) => product * length, 1);
    return { shape, data: Float32Array.from({ length: size }, (__, at) => Math.sin(3 * at + phase)) };
  };
  const layers = [
    { weight: wave([2, 5], 1), bias: wave([5], 2) },
    { weight: wave([5, outputs], 3), bias: wave([outputs], 4) },
  ];
  const x = wave([4, 2], 5).data;
  const labels = outputs === 1 ? new Int32Array([0, 1, 1, 0]) : new Int32Array([0, 2, 1, 2]);

  test('has the gradients of finite differences', () => {
    const network = plainNetwork(layers, 4, activation);
    const loss = (): number => {
      const logits = network.forward(x, 0, 4);
      const gradients = network.layers[1]!.outputGradient;
      return outputs === 1
        ? sigmoidLoss(logits, gradients, labels, 0, 4)
        : softmaxLoss(logits, gradients, labels, outputs, 0, 4);
    };
    loss();
    network.backward(x, 0, 4);
    const parameters = network.layers.flatMap(({ weight, weightGradient, bias, biasGradient }) => [
      [weight, weightGradient.slice()] as const,
      [bias, biasGradient.slice()] as const,
    ]);
    const width = 2 ** -7;
    for (const [values, gradients] of parameters) {
      for (const [at, value] of values.entries()) {
        values[at] = value + width;
        const above = loss();
        values[at] = value - width;
        const below = loss();
        values[at] = value;
        // float32 rounds the loss by about 1e-7, so the difference by about 1e-5.
        expect(Math.abs((above - below) / (2 * width) - gradients[at]!)).toBeLessThan(2e-4);
      }
    }
  });
});

// The largest take seconds in plain loops.
const small = workloads.filter(({ name }) => !/matmul-(512|1024)|512-512/.test(name));

describe.each(small)('$name', (workload) => {
  test.each(['eager', 'compiled', 'deterministic', 'repeat'])(
    'comes out of the plain loops and of this library, %s',
    async (variant) => {
      const task = workload.task();
      const make = nn(variant)[task.kind] as ((given: typeof task) => Job) | undefined;
      if (variant === 'repeat' && !make) return;
      const expected = await workload.expected(task, false);
      expect(fault(result(make?.(task)), expected, workload.tolerance)).toBeUndefined();
    },
  );
});

test('every workload has a name and a title of its own, and the same numbers every time', () => {
  expect(new Set(workloads.map(({ name }) => name)).size).toBe(workloads.length);
  expect(new Set(workloads.map(({ title }) => title)).size).toBe(workloads.length);
  for (const { task } of small) expect(task()).toEqual(task());
});
