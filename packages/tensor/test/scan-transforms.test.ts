import { describe, expect, test } from 'vitest';
import {
  checkGradients,
  checkpoint,
  checkValues,
  compile,
  customGradient,
  findNonFinite,
  functionalCall,
  gradients,
  hessian,
  hessianVector,
  jacobian,
  jacobianVector,
  scan,
  stack,
  type Tensor,
  tensor,
  valueAndGradients,
  variable,
  vmap,
  watch,
} from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

type Scan = (
  step: (carry: Tensor, x: Tensor) => readonly [Tensor, Tensor],
  initial: Tensor,
  xs: Tensor,
) => readonly [Tensor, Tensor];

/** The same loop, written out. */
const writtenOut: Scan = (step, initial, xs) => {
  let carry = initial;
  const ys: Tensor[] = [];
  for (let t = 0; t < xs.shape[0]!; t++) {
    const [next, y] = step(carry, xs.slice(t) as Tensor);
    carry = next;
    ys.push(y);
  }
  return [carry, stack(ys) as Tensor];
};

const ways: readonly (readonly [string, (f: (x: Tensor) => readonly Tensor[]) => (x: Tensor) => readonly Tensor[]])[] =
  [
    ['eager', (f) => f],
    ['compiled', (f) => compile(f, wasm)],
  ];

const x = tensor(
  [
    [0.5, -1, 0.25],
    [1, 0.75, -0.5],
    [-0.25, 2, 1],
    [0.1, 0.2, 0.3],
  ],
  { dtype: 'float64' },
) as Tensor;
const matrix = [
  [0.5, -0.25, 1],
  [0.1, 0.3, -0.7],
  [0.9, 0.2, 0.4],
];

/** Functions that contain a loop: of the loop, a weight, and x. */
const functions: Readonly<Record<string, (loop: Scan, w: Tensor, given: Tensor) => readonly Tensor[]>> = {
  valueAndGradients(loop, w, given) {
    const f = (own: Tensor): Tensor =>
      loop((h, row) => [h.matmul(w).add(row).tanh(), h.mul(row)], own.slice(0), own)[1].sum();
    const [value, found] = valueAndGradients((own: Tensor) => f(own) as Tensor<[]>, given);
    return [value, found as Tensor];
  },

  'jacobian and its products'(loop, w, given) {
    const f = (own: Tensor): Tensor =>
      loop((h, row) => [h.matmul(w).mul(row).sin(), h], own.slice(0), given)[0].add(own.slice(1));
    return [jacobian(f, given), ...jacobianVector(f, given, given.mul(2) as Tensor)] as readonly Tensor[];
  },

  'hessian and its products'(loop, w, given) {
    const f = (own: Tensor): Tensor =>
      loop((h, row) => [h.mul(row).matmul(w).tanh(), h], own, given)[0]
        .pow(2)
        .sum();
    const start = given.slice(2) as Tensor;
    return [hessian(f, start) as Tensor, hessianVector(f, start, start)];
  },

  'vmap outside, with a gradient outside of it'(loop, w, given) {
    const watched = watch(given);
    const each = vmap((own: Tensor) => loop((h, row) => [h.mul(own).add(row).sin(), h.sum()], own, given)[0].matmul(w))(
      watched,
    );
    return [each as Tensor, gradients((each as Tensor).pow(2).sum(), watched)];
  },

  'vmap inside of the steps'(loop, w, given) {
    const watched = watch(given);
    const rows = stack([watched, watched.mul(2)], 1) as Tensor;
    const step = (h: Tensor, pair: Tensor): readonly [Tensor, Tensor] => {
      const next = vmap((one: Tensor, own: Tensor) => one.matmul(w).mul(own).tanh())(h, pair) as Tensor;
      return [next, next.sum(0)];
    };
    const [last, all] = loop(step, rows.slice(0), rows);
    return [last, all, gradients(all.mul(all).sum(), watched)];
  },

  'checkpoint around the loop'(loop, w, given) {
    const watched = watch(given);
    const block = checkpoint((own: Tensor) => loop((h, row) => [h.matmul(w).add(row).tanh(), h], own.slice(0), own));
    const [last, all] = block(watched);
    return [last, all, ...gradients(last.sum().add(all.pow(2).sum()), [watched, w])];
  },

  'checkpoint around each step'(loop, w, given) {
    const watched = watch(given);
    const step = checkpoint((h: Tensor, row: Tensor) => [h.matmul(w).add(row).tanh(), h.mul(2)] as const);
    const [last, all] = loop((h, row) => step(h, row) as readonly [Tensor, Tensor], watched.slice(0), watched);
    return [last, all, ...gradients(last.sum().add(all.pow(2).sum()), [watched, w])];
  },

  'a gradient of its own in each step'(loop, w, given) {
    const watched = watch(given);
    const through = customGradient(
      (own: Tensor) => own.mul(4).round().div(4),
      (g) => [g.mul(0.5)],
    );
    const [last] = loop((h, row) => [through(h.matmul(w).add(row)), h], watched.slice(0), watched);
    return [last, ...gradients(last.pow(2).sum(), [watched, w])];
  },
};

describe.each(ways)('a loop, %s, is the same as written out for', (_, way) => {
  test.each(Object.entries(functions))('%s', (__, f) => {
    const w = variable(tensor(matrix, { dtype: 'float64' }) as Tensor);
    const [got, wanted] = [scan as unknown as Scan, writtenOut].map((loop) => way((given) => f(loop, w, given))(x));
    expect(got!.length).toBe(wanted!.length);
    got!.forEach((one, at) => {
      expect(one.shape).toEqual(wanted![at]!.shape);
      expect(one.sub(wanted![at]!).abs().max().item()).toBeLessThan(1e-12);
    });
  });

  test('functionalCall, whose values the steps read, and a population of loops', () => {
    const w = variable(tensor(matrix, { dtype: 'float64' }) as Tensor);
    const [got, wanted] = [scan as unknown as Scan, writtenOut].map((loop) =>
      way((given) => {
        const model = (): Tensor => loop((h, row) => [h.matmul(w).add(row).tanh(), h], given.slice(0), given)[0];
        const own = watch(w.mul(0.5)) as Tensor;
        const one = functionalCall(w, own, model);
        const population = watch(stack([w, w.mul(-1), w.mul(2)])) as Tensor;
        const all = vmap((each: Tensor) => functionalCall(w, each, model))(population) as Tensor;
        return [one, all, gradients(one.sum(), own), gradients(all.pow(2).sum(), population)];
      })(x),
    );
    got!.forEach((one, at) => expect(one.sub(wanted![at]!).abs().max().item()).toBeLessThan(1e-12));
  });
});

test('checkGradients checks loops', () => {
  const w = variable(tensor(matrix) as Tensor);
  const f = (given: { readonly x: Tensor; readonly w: Tensor }): Tensor =>
    scan(
      (h: Tensor, row: Tensor) => [h.matmul(w).add(row).tanh(), h] as const,
      tensor([0, 0, 0], { dtype: 'float64' }) as Tensor,
      given.x,
    )[1];
  expect(String(checkGradients(f, { x: x.slice([0, 3]) as Tensor, w }))).toBe('all 18 gradients are right');
});

test('findNonFinite finds the operation in the step of a loop', () => {
  const f = (given: Tensor): Tensor => {
    const step = (h: Tensor, row: Tensor): readonly [Tensor, Tensor] => [h.sub(1), row.div(h)];
    return scan(step, tensor(2) as unknown as Tensor, given)[1];
  };
  expect(findNonFinite(f, x)).toMatchObject({ source: 'div', value: -Infinity });
  expect(findNonFinite(compile(f, wasm), x)).toMatchObject({ source: 'div' });
});

test('values that a step refuses are refused in a checkpoint, too', () => {
  const f = checkpoint((given: Tensor) =>
    scan(
      (h: Tensor, row: Tensor) => {
        checkValues('f', row.less(2), [row], (at) => new RangeError(`refused at ${at}`));
        return [h.add(row), row] as const;
      },
      tensor([0, 0, 0], { dtype: 'float64' }) as Tensor,
      given,
    ),
  );
  for (const run of [f, compile(f, wasm)]) expect(() => run(x)).toThrow(new RangeError('refused at 1'));
});
