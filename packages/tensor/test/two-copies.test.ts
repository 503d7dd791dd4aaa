import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as ours from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';

type Copy = typeof ours;

/** Loads a second copy of the package with another version. */
async function anotherCopy(version: string): Promise<Copy> {
  vi.resetModules();
  vi.doMock('../src/version.ts', () => ({ version }));
  const copy = await import('../src/index.ts');
  vi.doUnmock('../src/version.ts');
  return copy;
}

const x = ours.tensor([1, 2]) as ours.Tensor;
const w = ours.variable(ours.tensor([1, 2])) as ours.Variable;
const places = ours.tensor([0, 1], { dtype: 'int32' }) as ours.Tensor;

/** All functions that take a tensor, with the name in the error. */
const calls: readonly (readonly [string, (foreign: ours.Tensor) => unknown])[] = [
  ['add', (foreign) => x.add(foreign)],
  ['less', (foreign) => x.less(foreign)],
  ['clip', (foreign) => x.clip(foreign)],
  ['matmul', (foreign) => x.matmul(foreign)],
  ['matmul', (foreign) => x.dot(foreign)],
  ['gather', (foreign) => x.gather(foreign, 0)],
  ['gather', (foreign) => x.take(foreign, 0)],
  ['scatterAdd', (foreign) => x.scatterAdd(places, foreign, 0)],
  ['where', (foreign) => ours.where(foreign, x, x)],
  ['where', (foreign) => x.where(foreign, x)],
  ['concat', (foreign) => ours.concat([x, foreign])],
  ['stack', (foreign) => ours.stack([x, foreign])],
  ['oneHot', (foreign) => ours.oneHot(foreign, 3)],
  ['zerosLike', (foreign) => ours.zerosLike(foreign)],
  ['variable', (foreign) => ours.variable(foreign)],
  ['assign: the value of variable', (foreign) => w.assign(foreign)],
  ['watch', (foreign) => ours.watch(foreign)],
  ['gradients', (foreign) => ours.gradients(foreign, w)],
  ['gradients', (foreign) => ours.gradients(w.sum(), foreign)],
  ['gradients', (foreign) => ours.gradients(w.sum(), [foreign])],
  ['gradients', (foreign) => ours.gradients(w.sum(), { foreign })],
  ['A compiled function', (foreign) => ours.compile((one: ours.Tensor) => one, reference)(foreign)],
];

describe.each([
  ['another version', '99.0.0'],
  ['the same version', ours.version],
])('a second copy of the package, of %s,', (_, version) => {
  let theirs: Copy;
  beforeAll(async () => {
    theirs = await anotherCopy(version);
  });

  test('is another class', () => {
    expect(theirs.Tensor).not.toBe(ours.Tensor);
    expect(theirs.version).toBe(version);
    expect(theirs.tensor([1]).add(1).item()).toBe(2);
  });

  test.each(calls.map(([name, call], at) => ({ name, call, at })))(
    'is refused by $name, call $at of this list',
    ({ name, call }) => {
      const message =
        `${name}: this tensor was made by another copy of @nn/tensor (version ${version}) than this one ` +
        `(version ${ours.version}). Run "npm ls @nn/tensor" and align them.`;
      for (const foreign of [theirs.tensor([1, 2]), theirs.variable(theirs.tensor([1, 2]))]) {
        expect(() => call(foreign as unknown as ours.Tensor)).toThrow(new ours.DTypeError(message));
      }
      expect(w.toArray()).toEqual([1, 2]);
    },
  );

  test('refuses a tensor of ours in the same way', () => {
    const foreign = theirs.tensor([1, 2]) as unknown as ours.Tensor;
    expect(() => foreign.add(x)).toThrow(
      `add: this tensor was made by another copy of @nn/tensor (version ${ours.version}) than this one (version ${version}).`,
    );
  });
});
