import { expect, test } from 'vitest';
import {
  checkGradients,
  checkpoint,
  customGradient,
  DTypeError,
  findNonFinite,
  functionalCall,
  hessian,
  hessianVector,
  jacobian,
  jacobianVector,
  randomState,
  type Tensor,
  tensor,
  valueAndGradients,
  vectorJacobian,
  vmap,
} from '../src/index.ts';

const x = tensor([1, 2]);
const f = (y: Tensor): Tensor => y.mul(2);

test.each<[string, (value: never) => unknown, string]>([
  ['vmap', (value) => vmap(value), 'vmap((x) => x.sum())'],
  ['valueAndGradients', (value) => valueAndGradients(value, x), 'valueAndGradients((x) => x.mul(x).sum(), x)'],
  ['vectorJacobian', (value) => vectorJacobian(value, x, x), 'vectorJacobian((x) => x.mul(x), x, vector)'],
  ['jacobianVector', (value) => jacobianVector(value, x, x), 'jacobianVector((x) => x.mul(x), x, vector)'],
  ['hessianVector', (value) => hessianVector(value, x, x), 'hessianVector((x) => x.pow(3).sum(), x, vector)'],
  ['jacobian', (value) => jacobian(value, x), 'jacobian((x) => x.mul(x), x)'],
  ['hessian', (value) => hessian(value, x), 'hessian((x) => x.pow(3).sum(), x)'],
  [
    'functionalCall',
    (value) => functionalCall({}, {}, value),
    'functionalCall(model.parameters, values, () => model(x))',
  ],
  ['checkGradients', (value) => checkGradients(value, x), 'checkGradients((x) => x.mul(x).sum(), x)'],
  ['findNonFinite', (value) => findNonFinite(value), 'findNonFinite(step, x, y)'],
  ['checkpoint', (value) => checkpoint(value), 'checkpoint((x) => block(x))'],
  ['customGradient', (value) => customGradient(value, () => []), 'customGradient((x) => x.round(), (g) => [g])'],
  ['customGradient', (value) => customGradient(f, value), 'customGradient((x) => x.round(), (g) => [g])'],
])('%s refuses what is no function', (name, call, example) => {
  for (const [value, shown] of [
    [3, '3'],
    [undefined, 'undefined'],
    [x, 'an object of Tensor'],
  ] as const) {
    expect(() => call(value as never)).toThrow(
      new DTypeError(`${name}: expected a function of tensors, got ${shown}. Write ${example}.`),
    );
  }
});

test('random generators are refused inside functions that run for many results at once, or again', () => {
  const random = randomState(0);
  const drawing = (y: Tensor): Tensor => y.add(random.normal([2]) as Tensor);
  const calls = [
    () => vmap(drawing)(tensor([[1, 2]])),
    () => checkpoint(drawing)(x),
    () => findNonFinite(drawing, x),
    () => checkGradients(drawing, x),
  ];
  for (const call of calls) {
    expect(call).toThrow(
      'A random generator was used inside vmap, checkpoint, functionalCall, checkGradients or findNonFinite',
    );
  }
  expect(random.normal([2]).toArray()).toEqual(randomState(0).normal([2]).toArray());
});
