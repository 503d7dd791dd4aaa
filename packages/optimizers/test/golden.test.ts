import { fault, type GoldenCase, goldenCases, read, waysAndPrecisions } from '@nn/golden';
import { full, gradients, type NamedVariables, type Tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adagrad, adam, type Optimizer, rmsprop, type Schedule, sgd } from '../src/index.ts';

interface OptimizerCase extends GoldenCase {
  readonly op: 'sgd' | 'adagrad' | 'rmsprop' | 'adam';
  readonly schedule?: { readonly step_size: number; readonly gamma: number };
}

const cases = goldenCases<OptimizerCase>(new URL('../golden/optimizers.json', import.meta.url));

/** A number of a case's config, undefined where it has none. */
type Setting = (name: string) => number | undefined;

/** The optimizer with the options that PyTorch was given. */
function optimizerOf(golden: OptimizerCase, parameters: NamedVariables): Optimizer {
  const { config, schedule } = golden;
  const known = new Set(['maximize']);
  expect(config['maximize'] ?? false).toBe(false);
  const number: Setting = (name) => (known.add(name), config[name] as number | undefined);
  const flag = (name: string): boolean => (known.add(name), (config[name] as boolean | undefined) ?? false);
  const optimizer = make();
  // Every option that PyTorch was given is used.
  expect(Object.keys(config).filter((name) => !known.has(name))).toEqual([]);
  return optimizer;

  function make(): Optimizer {
    const lr = number('lr')!;
    const weightDecay = number('weight_decay') ?? 0;
    if (golden.op === 'sgd') {
      const stepwise: Schedule = (iteration) =>
        full([], schedule!.gamma, { dtype: 'float64' }).pow(iteration.div(schedule!.step_size).floor()).mul(lr);
      return sgd(parameters, {
        learningRate: schedule ? stepwise : lr,
        weightDecay,
        momentum: number('momentum') ?? 0,
        dampening: number('dampening') ?? 0,
        nesterov: flag('nesterov'),
        ...(schedule ? { momentumOf: 'gradients' } : {}),
      });
    }
    const epsilon = number('eps')!;
    const common = { learningRate: lr, weightDecay, epsilon };
    if (golden.op === 'adagrad') {
      const initialCache = number('initial_accumulator_value') ?? 0;
      return adagrad(parameters, { ...common, decay: number('lr_decay') ?? 0, initialCache });
    }
    if (golden.op === 'rmsprop') {
      const momentum = number('momentum') ?? 0;
      return rmsprop(parameters, { ...common, rho: number('alpha')!, momentum, centered: flag('centered') });
    }
    known.add('betas');
    const [beta1, beta2] = config['betas'] as [number, number];
    return adam(parameters, { ...common, beta1, beta2, amsgrad: flag('amsgrad') });
  }
}

const labelled = cases.map((golden) => ({ name: `${golden.op} ${JSON.stringify(golden.config)}`, golden }));

test('all 17 cases of the four optimizers are there', () => {
  const count = (op: OptimizerCase['op']): number => cases.filter((golden) => golden.op === op).length;
  expect([count('sgd'), count('adagrad'), count('rmsprop'), count('adam')]).toEqual([8, 2, 4, 3]);
});

describe.each(waysAndPrecisions)('20 steps go as in PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(labelled)('on a quadratic: $name', ({ golden }) => {
    const { inputs, outputs, tolerance } = golden;
    const given = read(inputs['A']!, dtype);
    const a = given.add(given.T).div(2);
    const b = read(inputs['b']!, dtype);
    const x = variable(read(inputs['x0']!, dtype), { name: 'x' });
    const value = (): Tensor => x.matmul(a.matmul(x)).mul(0.5).sub(b.matmul(x));
    const optimizer = optimizerOf(golden, { x });
    const step = made(() => optimizer.step(gradients(value(), { x })));
    const path: number[] = [];
    const values = [value().item()];
    for (let count = 0; count < 20; count++) {
      step();
      path.push(...x.data);
      values.push(value().item());
    }
    expect(fault(path, outputs['quadratic_x']!.data, tolerance[dtype])).toBeUndefined();
    expect(fault(values, outputs['quadratic_f']!.data, tolerance[dtype])).toBeUndefined();
  });

  test.each(labelled)('on a network: $name', ({ golden }) => {
    const { inputs, outputs, tolerance } = golden;
    const [x, y] = [read(inputs['X']!, dtype), read(inputs['Y']!, dtype)];
    const variableOf = (name: string) => variable(read(inputs[name]!, dtype), { name });
    const parameters = {
      w1: variableOf('w1'),
      b1: variableOf('b1'),
      w2: variableOf('w2'),
      b2: variableOf('b2'),
    };
    const { w1, b1, w2, b2 } = parameters;
    const loss = (): Tensor => {
      const off = x.matmul(w1.T).add(b1).tanh().matmul(w2.T).add(b2).sub(y);
      return off.mul(off).mean();
    };
    const optimizer = optimizerOf(golden, parameters);
    const step = made(() => {
      const before = loss();
      optimizer.step(gradients(before, parameters));
      return before;
    });
    const losses: number[] = [];
    for (let count = 1; count <= 20; count++) {
      losses.push(step().item());
      if (![1, 2, 5, 20].includes(count)) continue;
      for (const [name, parameter] of Object.entries(parameters)) {
        const want = outputs[`mlp_${name}_step${count}`]!.data;
        expect(fault(parameter.data, want, tolerance[dtype]), `${name} after step ${count}`).toBeUndefined();
      }
    }
    losses.push(loss().item());
    expect(fault(losses, outputs['mlp_loss']!.data, tolerance[dtype])).toBeUndefined();
  });
});
