import { fault, faultOf, type GoldenCase, goldenCases, read, waysAndPrecisions } from '@nn/golden';
import { full, type NamedVariables, type Tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { newtonSchulz, type Schedule, sgd } from '../src/index.ts';
import { nadamPath } from './nadam-path.ts';
import { expectNetwork, expectQuadratic, type Run, type Training } from './problems.ts';
import { factoryOf, optimizerOf, optionsOf } from './recorded-options.ts';

interface RecordedCase extends GoldenCase {
  readonly schedule?: { readonly step_size: number; readonly gamma: number };
}

type Replay = (golden: RecordedCase, run: Run) => void;

/** 20 steps on both problems, as far as the case has them. */
function expectSteps(golden: RecordedCase, run: Run, trainingOf: (parameters: NamedVariables) => Training): void {
  if (golden.outputs['quadratic_x']) expectQuadratic(golden, run, trainingOf, { column: golden.op === 'muon' });
  expectNetwork(golden, run, trainingOf);
}

const optimizerAlone: Replay = (golden, run) => {
  expectSteps(golden, run, (parameters) => ({ optimizer: optimizerOf(golden.op, golden.config, parameters) }));
};

/** How each kind of case is replayed. */
const replays: Readonly<Record<string, Replay>> = {
  adadelta: optimizerAlone,
  adagrad: optimizerAlone,
  adam: optimizerAlone,
  adamax: optimizerAlone,
  adamw: optimizerAlone,
  lamb: optimizerAlone,
  lion: optimizerAlone,
  muon: optimizerAlone,
  radam: optimizerAlone,
  rmsprop: optimizerAlone,
  rprop: optimizerAlone,

  sgd(golden, run) {
    const { config, schedule } = golden;
    if (!schedule) {
      optimizerAlone(golden, run);
      return;
    }
    const { lr, ...rest } = config;
    const learningRate: Schedule = (iteration) =>
      full([], schedule.gamma, { dtype: 'float64' })
        .pow(iteration.div(schedule.step_size).floor())
        .mul(lr as number);
    const options = { ...optionsOf(rest), learningRate, momentumOf: 'gradients' } as const;
    expectSteps(golden, run, (parameters) => ({ optimizer: sgd(parameters, options) }));
  },

  parameter_groups(golden, run) {
    const { optimizer, common, weights, biases } = golden.config as {
      readonly optimizer: string;
      readonly common: GoldenCase['config'];
      readonly weights: GoldenCase['config'];
      readonly biases: GoldenCase['config'];
    };
    const groupOf = (letter: string, own: GoldenCase['config']) => ({
      parameters: (name: string) => name.startsWith(letter),
      ...optionsOf(own),
    });
    const options = { ...optionsOf(common), groups: [groupOf('w', weights), groupOf('b', biases)] };
    expectSteps(golden, run, (parameters) => ({ optimizer: factoryOf(optimizer)(parameters, options) }));
  },

  newton_schulz({ config, inputs, outputs, tolerance }, { made, dtype }) {
    const { steps, eps: epsilon } = config as { steps: number; eps: number };
    const got = made((g: Tensor) => newtonSchulz(g, { steps, epsilon }))(read(inputs['G']!, dtype));
    expect(faultOf(got, Object.values(outputs)[0]!, tolerance[dtype])).toBeUndefined();
  },
};

/** The kinds that are not replayed, and why. */
const notReplayed: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'clip_grad_norm clip_norm_each clip_norm_global clip_value ema gradient_accumulation lbfgs'
      .split(' ')
      .map((op) => [op, 'There is no feature of that name yet.']),
  ),
  nadam:
    'PyTorch 1.13 multiplies once too often by the momentum, and keeps the product in float32. PyTorch 2 and the paper ' +
    'have the formula that nadam has; the tests below compare with it.',
  swa: 'There is no feature of that name yet.',
};

const recorded = ['optimizers', 'more-optimizers'].flatMap((file) =>
  goldenCases<RecordedCase>(new URL(`../golden/${file}.json`, import.meta.url)),
);

test('every kind of recorded case is replayed, but for those that say why not', () => {
  const kinds = new Set(recorded.map(({ op }) => op));
  expect([...kinds].filter((op) => !replays[op]).toSorted()).toEqual(Object.keys(notReplayed));
});

const labelled = recorded
  .filter(({ op }) => replays[op])
  .map((golden) => ({
    name: [golden.op, golden.name, JSON.stringify(golden.config), JSON.stringify(golden.inputs['G']?.shape)].join(' '),
    golden,
  }));

describe.each(waysAndPrecisions)('recorded values come out, $way, in $dtype', (run) => {
  test.each(labelled)('$name', ({ golden }) => {
    expect.hasAssertions();
    replays[golden.op]!(golden, run);
  });
});

describe('nadam', () => {
  const cases = recorded.filter(({ op }) => op === 'nadam').map((golden) => ({ ...golden, name: String(golden.op) }));

  test.each(cases)('differs from PyTorch 1.13 by one factor alone: $config', ({ config, inputs, outputs }) => {
    const path = nadamPath(inputs, config, { extraFactor: true });
    // The product of the momentums was kept in float32.
    expect(fault(path, outputs['quadratic_x']!.data, { rtol: 0, atol: 1e-9 })).toBeUndefined();
  });

  describe.each(waysAndPrecisions)('$way, in $dtype', (run) => {
    test.each(cases)('is the published formula: $config', ({ config, inputs, tolerance }) => {
      const a = read(inputs['A']!, run.dtype);
      const b = read(inputs['b']!, run.dtype);
      const x = variable(read(inputs['x0']!, run.dtype));
      const optimizer = optimizerOf('nadam', config, { x });
      const step = run.made(() => {
        optimizer.step({ x: a.add(a.T).div(2).matmul(x).sub(b) });
      });
      const path = Array.from({ length: 20 }, () => (step(), [...x.data])).flat();
      expect(fault(path, nadamPath(inputs, config), tolerance[run.dtype])).toBeUndefined();
    });
  });
});
