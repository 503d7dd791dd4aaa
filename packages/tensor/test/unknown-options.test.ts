import { expect, test } from 'vitest';
import * as core from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

const random = core.randomState(0);
const x = core.ones([2, 2]);
const labels = core.tensor([0, 1], { dtype: 'int32' });
const bogus = { bogus: 1 } as object;

/** Every function of the core that takes options, called with one that it does not know. */
const calls: Readonly<Record<string, () => unknown>> = {
  tensor: () => core.tensor([1], bogus),
  zeros: () => core.zeros([1], bogus),
  ones: () => core.ones([1], bogus),
  full: () => core.full([1], 1, bogus),
  zerosLike: () => core.zerosLike(x, bogus),
  onesLike: () => core.onesLike(x, bogus),
  fullLike: () => core.fullLike(x, 1, bogus),
  eye: () => core.eye(2, bogus),
  arange: () => core.arange(0, 2, bogus),
  linspace: () => core.linspace(0, 1, bogus),
  variable: () => core.variable(x, bogus),
  compile: () => core.compile((a: core.Tensor) => a, wasm, bogus),
  wasm: () => wasm(bogus),
  sum: () => x.sum(0, bogus),
  max: () => x.max(0, bogus),
  min: () => x.min(0, bogus),
  any: () => x.any(0, bogus),
  all: () => x.all(0, bogus),
  mean: () => x.mean(0, bogus),
  var: () => x.var(0, bogus),
  std: () => x.std(0, bogus),
  argmax: () => x.argmax(0, bogus),
  argmin: () => x.argmin(0, bogus),
  prod: () => x.prod(0, bogus),
  logSumExp: () => core.logSumExp(x, 0, bogus),
  oneHot: () => core.oneHot(labels, 2, bogus),
  pad: () => core.pad(x, 1, bogus),
  uniform: () => random.uniform([1], bogus),
  normal: () => random.normal([1], bogus),
  beta: () => core.beta(random, [1], { alpha: 1, beta: 1, ...bogus }),
  binomial: () => core.binomial(random, [1], { probability: 0.5, ...bogus }),
  choice: () => core.choice(random, 2, bogus),
  exponential: () => core.exponential(random, [1], bogus),
  gamma: () => core.gamma(random, [1], { alpha: 1, ...bogus }),
  geometric: () => core.geometric(random, [1], { probability: 0.5, ...bogus }),
  gumbel: () => core.gumbel(random, [1], bogus),
  integers: () => core.integers(random, [1], { high: 2, ...bogus }),
  laplace: () => core.laplace(random, [1], bogus),
  logistic: () => core.logistic(random, [1], bogus),
  lognormal: () => core.lognormal(random, [1], bogus),
  multinomial: () => core.multinomial(random, [1], { trials: 1, probabilities: [1], ...bogus }),
  poisson: () => core.poisson(random, [1], { mean: 1, ...bogus }),
  smallIntegers: () => core.smallIntegers(random, 1, { high: 2, dtype: 'int8', ...bogus }),
  triangular: () => core.triangular(random, [1], { low: 0, mode: 1, high: 2, ...bogus }),
};

test.each(Object.entries(calls))('%s refuses options that it does not know', (name, call) => {
  expect(call).toThrow(TypeError);
  expect(call).toThrow(`Unknown option 'bogus' of ${name}. It takes `);
});

/** Functions whose options come after an argument that may be left out, called with options in its place. */
const misplaced: Readonly<Record<string, (options: never) => unknown>> = {
  sum: (options) => x.sum(options),
  max: (options) => x.max(options),
  min: (options) => x.min(options),
  any: (options) => x.any(options),
  all: (options) => x.all(options),
  mean: (options) => x.mean(options),
  var: (options) => x.var(options),
  std: (options) => x.std(options),
  prod: (options) => x.prod(options),
  logSumExp: (options) => core.logSumExp(x, options),
  uniform: (options) => random.uniform(options),
  normal: (options) => random.normal(options),
  exponential: (options) => core.exponential(random, options),
  gumbel: (options) => core.gumbel(random, options),
  laplace: (options) => core.laplace(random, options),
  logistic: (options) => core.logistic(random, options),
  lognormal: (options) => core.lognormal(random, options),
  zeros: (options) => core.zeros(options),
  ones: (options) => core.ones(options),
};

test.each(Object.entries(misplaced))(
  '%s says where options go when they are in the place of axes or a shape',
  (name, call) => {
    expect(() => call({ keepdims: true } as never)).toThrow(
      new core.ShapeError(
        `${name}: expected an array, got an object of Object. Options come after it: write undefined, or [2], before them.`,
      ),
    );
  },
);

test.each([
  ['argmax', () => x.argmax({ keepdims: true } as never)],
  ['argmin', () => x.argmin({ keepdims: true } as never)],
  ['concat', () => core.concat([x, x] as core.Tensor[], { axis: 1 } as never)],
  ['stack', () => core.stack([x, x] as core.Tensor[], { axis: 1 } as never)],
  ['take', () => x.take(labels, { axis: 1 } as never)],
])('%s takes no options in the place of the axis', (name, call) => {
  expect(call).toThrow(core.ShapeError);
  expect(call).toThrow(`${name}: there is no axis an object of Object: axes go from `);
});

test('arange takes options after stop alone, or after start and stop', () => {
  const counted = core.arange(3, { dtype: 'float64' });
  expect([counted.dtype, ...counted.data]).toEqual(['float64', 0, 1, 2]);
  expect(core.arange(3, { step: 2 }).toArray()).toEqual([0, 2]);
  expect(core.arange(1, 3, { dtype: 'float32' }).dtype).toBe('float32');
  expect(core.arange(3).toArray()).toEqual([0, 1, 2]);
});

test.each([
  ['arange of unknown options', () => core.arange(3, bogus), "Unknown option 'bogus' of arange. It takes step, dtype."],
  ['arange of null', () => core.arange(3, null as never), 'arange: options must be an object, got null.'],
  ['arange of options alone', () => core.arange({ step: 1 } as never), 'arange: stop must be a number, got object.'],
  ['arange to a text', () => core.arange(0, '3' as never), 'arange: stop must be a number, got string.'],
  [
    'linspace to options',
    () => core.linspace(0, { count: 3 } as never),
    'linspace: stop must be a number, got object.',
  ],
  ['linspace of options alone', () => core.linspace({} as never, 1), 'linspace: start must be a number, got object.'],
])('%s is refused', (_, call, message) => {
  expect(call).toThrow(TypeError);
  expect(call).toThrow(message);
});

test('a name of another library gets the nearest of ours', () => {
  const keep = { keepDims: true } as object;
  expect(() => x.sum(0, keep)).toThrow(
    new TypeError("Unknown option 'keepDims' of sum. It takes keepdims. Did you mean keepdims?"),
  );
});

test('a dtype by itself is no option', () => {
  expect(() => core.zeros([2], 'float64' as unknown as object)).toThrow(
    new TypeError('zeros: options must be an object, got float64. Write { dtype: … } with names.'),
  );
});
