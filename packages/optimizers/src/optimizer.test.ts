import { waysAndPrecisions } from '@nn/golden';
import {
  DTypeError,
  full,
  gradients,
  type NamedVariables,
  ones,
  ShapeError,
  tensor,
  type Tensor,
  variable,
  zeros,
} from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adadelta } from './adadelta.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamax } from './adamax.ts';
import { adamw } from './adamw.ts';
import { lamb } from './lamb.ts';
import { lion } from './lion.ts';
import { muon } from './muon.ts';
import { nadam } from './nadam.ts';
import type { Gradients, NestedVariables } from './nested.ts';
import type { Grouped, Optimizer, OptimizerOptions } from './optimizer.ts';
import { radam } from './radam.ts';
import { rmsprop } from './rmsprop.ts';
import { rprop } from './rprop.ts';
import { sgd } from './sgd.ts';

const optimizers: readonly {
  name: string;
  make: (parameters: NestedVariables, options?: Grouped<OptimizerOptions>) => Optimizer;
}[] = [
  { name: 'adadelta', make: adadelta },
  { name: 'adagrad', make: adagrad },
  { name: 'adam', make: (parameters, options) => adam(parameters, { amsgrad: true, ...options }) },
  { name: 'adamax', make: adamax },
  { name: 'adamw', make: adamw },
  { name: 'lamb', make: lamb },
  { name: 'lion', make: lion },
  { name: 'muon', make: muon },
  { name: 'nadam', make: nadam },
  { name: 'radam', make: radam },
  {
    name: 'rmsprop',
    make: (parameters, options) => rmsprop(parameters, { centered: true, momentum: 0.9, ...options }),
  },
  { name: 'rprop', make: rprop as (typeof optimizers)[number]['make'] },
  { name: 'sgd', make: (parameters, options) => sgd(parameters, { momentum: 0.9, ...options }) },
];

const twoParameters = () => ({
  weight: variable(ones([2, 3]) as Tensor, { name: 'weight' }),
  bias: variable(zeros([3]) as Tensor, { name: 'bias' }),
});

const valuesOf = (variables: Readonly<Record<string, Tensor>>): string =>
  Object.entries(variables)
    .map(([name, { data }]) => `${name}: ${data.join(' ')}`)
    .join('\n');

describe.each(optimizers)('$name', ({ name, make }) => {
  const faults: readonly [string, Gradients, new (message: string) => Error, string][] = [
    [
      'a missing gradient',
      { weight: ones([2, 3]) },
      DTypeError,
      `${name}: parameters and gradients must have the same names, but 'bias' is in one of them only. ` +
        `Write step(gradients(loss, parameters)).`,
    ],
    [
      'a step without gradients',
      undefined as unknown as Gradients,
      DTypeError,
      `${name}: parameters and gradients must have the same names, but 'weight' is in one of them only. ` +
        `Write step(gradients(loss, parameters)).`,
    ],
    [
      'a gradient that is no tensor',
      { weight: ones([2, 3]), bias: [3] as unknown as Tensor },
      DTypeError,
      `${name}: the gradient of 'bias': expected a tensor, got an array. Write tensor(value).`,
    ],
    [
      'a gradient that is inherited',
      Object.create({ weight: ones([2, 3]), bias: ones([3]) }) as Gradients,
      DTypeError,
      `${name}: parameters and gradients must have the same names, but 'weight' is in one of them only. ` +
        `Write step(gradients(loss, parameters)).`,
    ],
    [
      'a gradient of another shape',
      { weight: ones([2, 3]), bias: ones([1, 3]) },
      ShapeError,
      `${name}: the gradient of 'bias' must have shape [3], got [1, 3]. Reshape it, or check where it comes from.`,
    ],
    [
      'a gradient of another dtype',
      { weight: ones([2, 3]), bias: ones([3], { dtype: 'float64' }) },
      DTypeError,
      `${name}: the gradient of 'bias' must be float32, got float64. Add .cast('float32').`,
    ],
    [
      'a gradient too many',
      { weight: ones([2, 3]), bias: ones([3]), scale: ones([]) },
      DTypeError,
      `${name}: parameters and gradients must have the same names, but 'scale' is in one of them only. ` +
        `Write step(gradients(loss, parameters)).`,
    ],
  ];

  test.each(faults)('refuses %s, and nothing has changed', (_, given, kind, message) => {
    const parameters = twoParameters();
    const optimizer = make(parameters);
    optimizer.step({ weight: ones([2, 3]), bias: ones([3]) });
    const before = valuesOf({ ...parameters, ...optimizer.state });
    expect(() => optimizer.step(given)).toThrow(new kind(message));
    expect(valuesOf({ ...parameters, ...optimizer.state })).toBe(before);
  });

  test('refuses no parameters, plain tensors and integer variables', () => {
    expect(() => make({})).toThrow(new TypeError(`${name}: there are no parameters to train. Pass model.parameters.`));
    expect(() => make(undefined as unknown as NamedVariables)).toThrow('there are no parameters to train');
    expect(() => make({ x: ones([2]) } as unknown as NamedVariables)).toThrow(
      new DTypeError(`${name}: the parameter 'x' must be a variable, got a plain tensor. Write variable(tensor).`),
    );
    const count = variable(ones([2], { dtype: 'int32' }));
    expect(() => make({ count })).toThrow(
      new DTypeError(
        `${name}: the parameter 'count' must be float32 or float64, got int32. Cast it: others have no gradients.`,
      ),
    );
  });

  test('refuses an unknown option and names the nearest', () => {
    expect(() => make(twoParameters(), { lr: 0.5 } as OptimizerOptions)).toThrow(
      new RegExp(`^Unknown option 'lr' of ${name}\\. It takes learningRate, .* Did you mean learningRate\\?$`),
    );
  });

  test('counts its steps', () => {
    const parameters = twoParameters();
    const optimizer = make(parameters);
    for (let step = 0; step < 3; step++) optimizer.step({ weight: ones([2, 3]), bias: ones([3]) });
    expect(optimizer.iterations.item()).toBe(3);
    expect(optimizer.state['iterations']).toBe(optimizer.iterations);
  });

  test('names its state after the parameters, each with their shape and dtype', () => {
    const parameters = { ...twoParameters(), wide: variable(ones([2], { dtype: 'float64' })) };
    const { iterations, ...slots } = make(parameters).state;
    expect(iterations!.dtype).toBe('int32');
    for (const [key, slot] of Object.entries(slots)) {
      const { shape, dtype } = parameters[key.split('.')[0] as keyof typeof parameters];
      // NAdam keeps one number for each parameter.
      const expected = key.endsWith('.product') ? [] : shape;
      expect({ shape: slot.shape, dtype: slot.dtype, name: slot.name }).toEqual({ shape: expected, dtype, name: key });
    }
  });

  test('continues bit for bit from saved parameters and state', () => {
    const gradientsAt = (step: number): Gradients => ({
      weight: tensor([
        [0.1, -2, 3],
        [1e-4, step, -step],
      ]),
      bias: tensor([1, 0.5, -0.25 * step]),
    });
    const through = twoParameters();
    const unbroken = make(through);
    for (let step = 0; step < 6; step++) unbroken.step(gradientsAt(step));

    const early = twoParameters();
    const first = make(early);
    for (let step = 0; step < 3; step++) first.step(gradientsAt(step));
    const late = twoParameters();
    const second = make(late);
    const carry = (from: Readonly<Record<string, Tensor>>, to: typeof second.state): void => {
      for (const [key, value] of Object.entries(from)) to[key]!.assign(value);
    };
    carry(early, late);
    carry(first.state, second.state);
    for (let step = 3; step < 6; step++) second.step(gradientsAt(step));

    expect(valuesOf({ ...late, ...second.state })).toBe(valuesOf({ ...through, ...unbroken.state }));
  });

  test('moves float32 and float64 parameters side by side, each rounded as its own', () => {
    const single = variable(tensor([0.1, 0.2]));
    const double = variable(tensor([0.1, 0.2], { dtype: 'float64' }));
    const optimizer = make({ single, double });
    for (let step = 0; step < 3; step++) {
      optimizer.step({ single: tensor([0.3, -1]), double: tensor([0.3, -1], { dtype: 'float64' }) });
    }
    expect([single.dtype, double.dtype]).toEqual(['float32', 'float64']);
    for (const [at, value] of double.data.entries()) expect(single.data[at]).toBeCloseTo(value, 5);
  });

  test('takes records of records, and names their state by their path', () => {
    const flat = twoParameters();
    const nested = { layers: { first: twoParameters() } };
    const given = { weight: ones([2, 3]), bias: tensor([1, -2, 3]) };
    const [one, other] = [make(flat), make(nested)];
    for (let step = 0; step < 3; step++) {
      one.step(given);
      other.step({ layers: { first: given } });
    }
    expect(valuesOf(nested.layers.first)).toBe(valuesOf(flat));
    const names = Object.keys(one.state).map((name) => (name === 'iterations' ? name : `layers.first.${name}`));
    expect(Object.keys(other.state)).toEqual(names);
    expect(() => other.step({ layers: given })).toThrow(
      new DTypeError(
        `${name}: parameters and gradients must have the same names, but 'layers.first.weight' is in one of them only. ` +
          `Write step(gradients(loss, parameters)).`,
      ),
    );
  });

  test('moves each parameter group by its own options', () => {
    const [together, apart] = [twoParameters(), twoParameters()];
    const own = { learningRate: 0.25 };
    const grouped = make(together, {
      learningRate: 0.5,
      groups: [{ parameters: (_, { rank }) => rank === 1, ...own }],
    });
    const [weight, bias] = [make({ weight: apart.weight }, { learningRate: 0.5 }), make({ bias: apart.bias }, own)];
    for (let step = 0; step < 3; step++) {
      const given = { weight: ones([2, 3]).mul(step - 1), bias: ones([3]).mul(2 - step) };
      grouped.step(given);
      weight.step({ weight: given.weight });
      bias.step({ bias: given.bias });
    }
    expect(valuesOf(together)).toBe(valuesOf(apart));
    expect(valuesOf(grouped.state)).toBe(valuesOf({ ...weight.state, ...bias.state }));
    expect(grouped.learningRate.item()).toBe(0.5);
  });

  test('leaves a parameter of no elements alone', () => {
    const nothing = variable(zeros([0, 3]) as Tensor);
    make({ nothing }).step({ nothing: zeros([0, 3]) });
    expect(nothing.shape).toEqual([0, 3]);
  });
});

/** Optimizers whose running averages decay by 0.9 per step. */
const averaging: readonly { name: string; make: (parameters: NamedVariables) => Optimizer }[] = [
  { name: 'sgd', make: (parameters) => sgd(parameters, { momentum: 0.9 }) },
  { name: 'rmsprop', make: (parameters) => rmsprop(parameters, { rho: 0.9, centered: true, momentum: 0.9 }) },
  { name: 'adam', make: (parameters) => adam(parameters, { beta1: 0.9, beta2: 0.9 }) },
];

describe.each(waysAndPrecisions)('running averages, $way, in $dtype', ({ made, dtype }) => {
  const smallestNormal = dtype === 'float32' ? 2 ** -126 : 2 ** -1022;

  // 0.9 · 4 of the smallest denormals is rounded to 4 of them, so rounding alone never leads to 0.
  test.each(averaging)('of $name decay to exactly 0 when the gradient stays 0', ({ make }) => {
    const w = variable(tensor([1, 2, 3, 4, 5], { dtype }));
    const { state, step } = make({ w });
    const averages = Object.values(state).filter(({ rank }) => rank > 0);
    for (const average of averages) average.assign(full([5], 64 * smallestNormal, { dtype }));
    const gradient = zeros([5], { dtype });
    // 0.9⁴⁰ · 64 < 1
    const frozen = made(() => step({ w: gradient }));
    for (let count = 0; count < 40; count++) frozen();
    expect(averages.length).toBeGreaterThan(0);
    for (const { data } of averages) expect([...data]).toEqual([0, 0, 0, 0, 0]);
  });

  test('keep every normal number, of either sign', () => {
    const w = variable(tensor([0, 0, 0, 0, 0], { dtype }));
    const { state, step } = sgd({ w }, { momentum: 1 });
    const start = [smallestNormal, -smallestNormal, smallestNormal / 2, -smallestNormal / 2, NaN];
    state['w.momentum']!.assign(tensor(start, { dtype }));
    made(() => step({ w: zeros([5], { dtype }) }))();
    expect([...state['w.momentum']!.data]).toEqual([smallestNormal, -smallestNormal, 0, -0, NaN]);
  });
});

describe('parameter groups', () => {
  const adamWith = (groups: unknown) => () => adam(twoParameters(), { groups } as Grouped<OptimizerOptions>);

  test('must choose a parameter that no earlier group has', () => {
    const all = { parameters: () => true };
    expect(adamWith([all, all])).toThrow(
      new TypeError(
        `adam: groups[1] chooses no parameter that an earlier group has not, among weight, bias. ` +
          `Write parameters: (name) => name.endsWith('weight').`,
      ),
    );
  });

  test('must be records with a function and options', () => {
    expect(adamWith({})).toThrow(
      new TypeError('adam: groups must be an array, got object. Write groups: [{ parameters: … }].'),
    );
    expect(adamWith([{ parameters: ['weight'] }])).toThrow(
      new TypeError(
        `adam: groups[0]: parameters must be a function of a name and a variable, got object. ` +
          `Write parameters: (name) => name.endsWith('bias').`,
      ),
    );
    expect(adamWith([{ parameters: () => true, beta1: 1 }])).toThrow(
      new RangeError('adam: groups[0]: beta1 must be at least 0 and below 1, got 1. Leave it out for the default.'),
    );
    expect(adamWith([{ parameters: () => true, rate: 1 }])).toThrow("Unknown option 'rate' of adam: groups[0].");
  });
});

describe('an optimizer', () => {
  test('refuses two parameters of one name', () => {
    const w = variable(ones([2]) as Tensor);
    expect(() => sgd({ 'a.b': w, a: { b: w } })).toThrow(
      new TypeError(`sgd: two tensors are named 'a.b'. Leave the dot out of the name of one of them.`),
    );
  });

  test('leaves everything as it was when its schedule throws', () => {
    const w = variable(tensor([1, 2]));
    let fails = false;
    const optimizer = sgd(
      { w },
      {
        momentum: 0.9,
        learningRate: (iteration) => {
          if (fails) throw new RangeError('no rate for this step');
          return iteration.mul(0).add(0.1);
        },
      },
    );
    optimizer.step({ w: tensor([1, 1]) });
    const before = valuesOf({ w, ...optimizer.state });
    fails = true;
    expect(() => optimizer.step({ w: tensor([1, 1]) })).toThrow('no rate for this step');
    expect(valuesOf({ w, ...optimizer.state })).toBe(before);
  });

  test('trains records of records of parameters', () => {
    const parameters = { first: { w: variable(tensor(2) as Tensor) }, second: { w: variable(tensor(3) as Tensor) } };
    const optimizer = sgd(parameters, { learningRate: 0.5 });
    // The gradients of a·b are b and a.
    optimizer.step(gradients(parameters.first.w.mul(parameters.second.w), parameters));
    expect([parameters.first.w.item(), parameters.second.w.item()]).toEqual([0.5, 2]);
  });

  test('finds the line through three points', () => {
    const x = tensor([[0], [1], [2]]);
    const y = tensor([[1], [3], [5]]);
    const parameters = { slope: variable(zeros([1, 1]) as Tensor), intercept: variable(zeros([1]) as Tensor) };
    const optimizer = adam(parameters, { learningRate: 0.1 });
    for (let step = 0; step < 600; step++) {
      const error = x.matmul(parameters.slope).add(parameters.intercept).sub(y);
      optimizer.step(gradients(error.mul(error).mean(), parameters));
    }
    expect(parameters.slope.item()).toBeCloseTo(2, 4);
    expect(parameters.intercept.item()).toBeCloseTo(1, 4);
  });
});
