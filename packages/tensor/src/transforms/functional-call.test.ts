import { describe, expect, test } from 'vitest';
import {
  compile,
  DTypeError,
  functionalCall,
  gradients,
  ShapeError,
  type Tensor,
  tensor,
  variable,
  vmap,
  watch,
} from '../index.ts';
import { wasm } from '../wasm/index.ts';

const ways: readonly (readonly [
  string,
  (step: (x: Tensor) => readonly Tensor[]) => (x: Tensor) => readonly Tensor[],
])[] = [
  ['eager', (step) => step],
  ['compiled', (step) => compile(step, wasm)],
];

describe.each(ways)('functionalCall, %s,', (_, way) => {
  test('runs a function with other values of variables, which keep their own', () => {
    const [w, b] = [variable(tensor([1, 2])), variable(tensor(5))];
    const model = (x: Tensor): Tensor => x.mul(w).sum().add(b);
    const run = way((x) => [functionalCall({ w }, { w: x }, () => model(tensor([1, 10]))), model(tensor([1, 10]))]);
    expect(run(tensor([3, 4])).map((one) => one.item())).toEqual([48, 26]);
    expect(w.toArray()).toEqual([1, 2]);
  });

  test('lets gradients flow to the values, and inside to the variables', () => {
    const w = variable(tensor([1, 2]));
    const run = way((x) => {
      const own = watch(x);
      const inside = functionalCall([w], [own], () => {
        const loss = w.mul(w).sum();
        return [loss, gradients(loss, w)] as const;
      });
      return [inside[1], gradients(inside[0], own) as Tensor, gradients(inside[0].add(w.sum()), w)];
    });
    expect(run(tensor([3, 4])).map((one) => one.toArray())).toEqual([
      [6, 8],
      [6, 8],
      [1, 1],
    ]);
  });

  test('does not mix up a variable with a value that is computed from it', () => {
    const w = variable(tensor([1, 2]));
    const run = way(() => {
      const own = w.mul(2);
      const [loss, inside] = functionalCall({ w }, { w: own }, () => {
        const squares = w.mul(w).sum();
        return [squares, gradients(squares, w)] as const;
      });
      return [inside, gradients(loss, w), gradients(loss, own)];
    });
    // Σ (2w)²
    expect(run(tensor(0)).map((one) => one.toArray())).toEqual([
      [4, 8],
      [8, 16],
      [4, 8],
    ]);
  });

  test('keeps what the function assigns to them until it returns, and passes on other assignments', () => {
    const [w, calls] = [variable(tensor(1)), variable(tensor(0))];
    const run = way((x) => [
      functionalCall(w, x.sum(), () => {
        w.assign(w.mul(10));
        calls.assign(calls.add(1));
        return w.add(0);
      }),
      w,
    ]);
    expect(run(tensor([3])).map((one) => one.item())).toEqual([30, 1]);
    expect([w.item(), calls.item()]).toEqual([1, 1]);
  });

  test('makes a population of a model inside vmap, of integers too', () => {
    const [w, n] = [variable(tensor([1, 2])), variable(tensor(2, { dtype: 'int32' }))];
    const run = way((x) => [
      vmap((own: Tensor, count: Tensor) => functionalCall({ w, n }, { w: own, n: count }, () => w.mul(n).sum()))(
        x,
        tensor([1, 10], { dtype: 'int32' }),
      ) as Tensor,
    ]);
    expect(
      run(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      )[0]!.toArray(),
    ).toEqual([3, 70]);
  });
});

describe('functionalCall refuses', () => {
  const w = variable(tensor([1, 2]));
  const call = (variables: unknown, values: unknown) => (): unknown =>
    functionalCall(variables as never, values as never, () => w.sum());

  test('values of another structure, shape or dtype', () => {
    expect(call({ w }, [tensor([1, 2])])).toThrow(
      new DTypeError(
        'functionalCall: values must have one tensor for each tensor of variables (1), in the same arrays and records; ' +
          'got 1. Write { weight, bias } for both, or one tensor for one.',
      ),
    );
    expect(call({ w }, { w: tensor([1, 2, 3]) })).toThrow(ShapeError);
    expect(call({ w }, { w: tensor([1, 2], { dtype: 'float64' }) })).toThrow(DTypeError);
  });

  test('tensors that are no variables', () => {
    expect(call(tensor([1, 2]), tensor([1, 2]))).toThrow('expected variables as first argument, got a tensor');
  });
});
