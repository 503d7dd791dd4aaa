import { describe, expect, test } from 'vitest';
import {
  checkValues,
  compile,
  findNonFinite,
  gradients,
  logSumExp,
  type Tensor,
  tensor,
  variable,
  vmap,
  watch,
  where,
} from '../index.ts';
import { wasm } from '../wasm/index.ts';

const x = tensor([
  [1, 0],
  [4, 9],
]);

describe('findNonFinite finds', () => {
  test('nothing where every result is finite', () => {
    expect(findNonFinite((a: Tensor) => a.exp().sum(), x)).toBeUndefined();
  });

  test('the operation that made the first infinity, not those that pass it on', () => {
    const found = findNonFinite((a: Tensor) => a.mul(2).log().mul(0).sum(), x)!;
    expect(found).toMatchObject({ source: 'log', value: -Infinity, shape: [2, 2], index: [0, 1], operationsBefore: 1 });
    expect(found.inputs).toEqual([{ shape: [2, 2], element: 0 }]);
    expect(String(found)).toBe('log made -Infinity at [0, 1], shape [2, 2], after 1 operation, from 0');
  });

  test('the inputs of operations that broadcast, and the shapes of those of other operations', () => {
    expect(String(findNonFinite((a: Tensor) => tensor([2, 0]).div(a.sub(a)), x))).toBe(
      'div made NaN at [0, 1], shape [2, 2], after 1 operation, from 0 and 0',
    );
    const large = tensor([[3e38, 3e38]]);
    expect(String(findNonFinite((a: Tensor) => large.matmul(a), x))).toBe(
      'matmul made Infinity at [0, 0], shape [1, 2], after 0 operations, from [1, 2] and [2, 2]',
    );
    expect(String(findNonFinite((a: Tensor) => a.sum().sub(14).log(), x))).toBe(
      'log made -Infinity after 2 operations, from 0',
    );
  });

  test('a NaN in a gradient', () => {
    const safe = (a: Tensor): Tensor => {
      const given = watch(a);
      return gradients(where(given.greater(0), given.sqrt(), 0).sum(), given);
    };
    // 0 / √0, for the element that was not chosen
    expect(findNonFinite(safe, x)).toMatchObject({ source: 'div', value: NaN, index: [0, 1] });
  });

  test('a NaN in an argument, a variable, or a constant', () => {
    const bad = tensor([1, NaN]);
    expect(String(findNonFinite((a: Tensor) => a.exp(), bad))).toBe(
      'argument 0 has NaN at [1], shape [2], after 0 operations',
    );
    const w = variable(tensor([1, Infinity]), { name: 'w' });
    expect(String(findNonFinite(() => tensor(1).add(1).mul(w)))).toBe(
      'variable w has Infinity at [1], shape [2], after 1 operation',
    );
    expect(findNonFinite((a: Tensor) => a.exp().add(bad), x)!.source).toBe('constant');
  });

  test('nothing in masks of −∞ and what they give', () => {
    const mask = tensor([0, -Infinity]);
    expect(findNonFinite((a: Tensor) => logSumExp(a.add(mask), 1).exp(), x)).toBeUndefined();
    // ∞ − ∞ is a NaN from infinities.
    expect(findNonFinite((a: Tensor) => a.add(mask).sub(mask), x)).toMatchObject({ source: 'sub', value: NaN });
  });

  test('it in a compiled function, and in functions of entries, and leaves variables as they are', () => {
    const w = variable(tensor(1));
    const step = compile((a: Tensor) => {
      w.assign(w.sub(1));
      return a.div(w);
    }, wasm);
    expect(findNonFinite(step, x)).toMatchObject({ source: 'div' });
    expect(w.item()).toBe(1);
    const each = vmap((a: Tensor) => a.sum().sub(1).log());
    expect(findNonFinite(each, x)).toMatchObject({ source: 'log', index: [0] });
  });

  test('it in a function that refuses it afterwards; other errors are thrown', () => {
    const f = (a: Tensor): void => {
      const log = a.log();
      checkValues('f', log.greater(-1), [], () => new RangeError('too small'));
    };
    expect(findNonFinite(f, x)).toMatchObject({ source: 'log' });
    expect(() => findNonFinite(f, x.mul(0).add(0.1))).toThrow('too small');
  });
});

test('findNonFinite is refused inside a compiled function', () => {
  const step = compile((a: Tensor) => {
    findNonFinite(() => a.log());
    return a;
  }, wasm);
  expect(() => step(x)).toThrow('findNonFinite: numbers are not known while a function is traced. Call it outside.');
});
