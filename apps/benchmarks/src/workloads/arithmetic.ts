import { contestant } from '../contestants/by-hand.ts';
import type { Task } from '../task.ts';
import { rounding, type Workload } from '../workload.ts';
import { uniform } from './draw.ts';

/** What plain loops make of a task. */
export async function byHand(task: Task): Promise<ArrayLike<number>> {
  const makers = contestant();
  const make = makers[task.kind] as ((task: Task) => { result(): ArrayLike<number> }) | undefined;
  if (!make) throw new Error(`No plain loops for ${task.kind}.`);
  return make(task).result();
}

/** c = a · b, n × n each. The entries are positive, so that nothing cancels. */
export function matmul(n: number): Workload {
  return {
    name: `matmul-${n}`,
    title: `product of two ${n} × ${n} matrices`,
    amount: { perUnit: 2 * n ** 3, measure: 'FLOP' },
    task: () => ({ kind: 'matmul', a: uniform([n, n], 1), b: uniform([n, n], 2) }),
    expected: byHand,
    tolerance: rounding,
  };
}

const million = { shape: [1000, 1000], size: 1e6 } as const;

export const chain: Workload = {
  name: 'chain',
  title: 'relu(x · w + b), then its sum, x 1000 × 1000, w and b one number per column',
  amount: { perUnit: million.size, measure: 'elements' },
  task: () => {
    const centred = uniform([1000], 5);
    return {
      kind: 'chain',
      x: uniform(million.shape, 3),
      w: uniform([1000], 4),
      b: { ...centred, data: centred.data.map((value) => value - 0.75) },
    };
  },
  expected: byHand,
  tolerance: rounding,
};

export const softmax: Workload = {
  name: 'softmax',
  title: 'softmax of every row, 1000 × 1000',
  amount: { perUnit: million.size, measure: 'elements' },
  task: () => {
    const x = uniform(million.shape, 6);
    return { kind: 'softmax', x: { ...x, data: x.data.map((value) => 8 * value - 4) } };
  },
  expected: byHand,
  // The probabilities are about 1e-3.
  tolerance: { relative: 1e-4, absolute: 1e-8 },
};
