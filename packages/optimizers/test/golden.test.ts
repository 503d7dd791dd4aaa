import { fault, faultOf, type GoldenCase, goldenCases, read, waysAndPrecisions } from '@nn/golden';
import { full, gradients, type NamedVariables, type Tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  exponentialMovingAverage,
  globalNorm,
  gradientAccumulator,
  lbfgs,
  newtonSchulz,
  type Schedule,
  sgd,
  stochasticWeightAverage,
} from '../src/index.ts';
import { nadamPath } from './nadam-path.ts';
import {
  expectNetwork,
  expectNetworkSteps,
  expectQuadratic,
  expectQuadraticSteps,
  network,
  quadratic,
  type Run,
  type Training,
} from './problems.ts';
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

/** Gradients that are clipped: given ones, and those of a training. */
function clipping(clip: (gradients: Record<string, Tensor>, config: Record<string, number>) => Record<string, Tensor>) {
  const replay: Replay = (golden, run) => {
    const { config, inputs, outputs, tolerance } = golden;
    const numbers = config as Record<string, number>;
    if (golden.name === 'training') {
      const { limit: _, eps: __, optimizer, ...rest } = config;
      expectSteps(golden, run, (parameters) => ({
        optimizer: optimizerOf(optimizer as string, rest, parameters),
        clip: (given) => clip(given, numbers),
      }));
      return;
    }
    const given = ['grad1', 'grad2', 'grad3'].map((name) => read(inputs[name]!, run.dtype));
    const clipped = run.made((...parts: Tensor[]) => clip(Object.fromEntries(parts.entries()), numbers))(...given);
    Object.values(clipped).forEach((part, at) => {
      expect(faultOf(part, outputs[`clipped${at + 1}`]!, tolerance[run.dtype])).toBeUndefined();
    });
  };
  return replay;
}

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

  clip_grad_norm({ config, inputs, outputs, tolerance }, { made, dtype }) {
    const { max_norm, norm_type } = config as { max_norm: number; norm_type: number | 'Infinity' };
    const order = Number(norm_type);
    const given = { first: read(inputs['grad1']!, dtype), second: read(inputs['grad2']!, dtype) };
    const run = made((first: Tensor, second: Tensor) => {
      const norm = globalNorm({ first, second }, { order });
      return { norm, ...clipByGlobalNorm({ first, second }, max_norm, { order, epsilon: 1e-6 }) };
    });
    const { norm, first, second } = run(given.first, given.second);
    expect(faultOf(norm, outputs['total_norm']!, tolerance[dtype])).toBeUndefined();
    expect(faultOf(first, outputs['clipped1']!, tolerance[dtype])).toBeUndefined();
    expect(faultOf(second, outputs['clipped2']!, tolerance[dtype])).toBeUndefined();
  },

  clip_value: clipping((gradients, { limit }) => clipByValue(gradients, limit!)),
  clip_norm_each: clipping((gradients, { limit }) => clipByNorm(gradients, limit!)),
  clip_norm_global: clipping((gradients, { limit, eps }) => clipByGlobalNorm(gradients, limit!, { epsilon: eps! })),

  ema(golden, run) {
    const { decay, debias, warmup, optimizer, ...rest } = golden.config;
    const options = { decay: decay as number, debias: debias as boolean, warmup: warmup as boolean };
    expectSteps(golden, run, (parameters) => ({
      optimizer: optimizerOf(optimizer as string, rest, parameters),
      average: exponentialMovingAverage(parameters, options),
    }));
  },

  swa(golden, run) {
    const { start, every, optimizer, ...rest } = golden.config;
    expectSteps(golden, run, (parameters) => ({
      optimizer: optimizerOf(optimizer as string, rest, parameters),
      average: stochasticWeightAverage(parameters, { start: start as number, every: every as number }),
    }));
  },

  gradient_accumulation(golden, { made, dtype }) {
    const { optimizer: op, micro_batches, ...rest } = golden.config;
    const { x, y, parameters, lossOf, loss } = network(golden, dtype);
    const optimizer = optimizerOf(op as string, rest, parameters);
    const sums = gradientAccumulator(parameters);
    const add = made((rows: Tensor, targets: Tensor) => {
      sums.add(gradients(lossOf(rows, targets), parameters), rows.shape[0]!);
    });
    const update = made(() => {
      optimizer.step(sums.take());
    });
    expectNetworkSteps(golden, dtype, parameters, loss, () => {
      let start = 0;
      for (const count of micro_batches as readonly number[]) {
        add(x.slice([start, start + count]), y.slice([start, start + count]));
        start += count;
      }
      update();
    });
  },

  lbfgs(golden, { made, dtype }) {
    const { lr, max_iter, history_size, tolerance_grad, tolerance_change, line_search_fn, ...rest } = golden.config;
    expect([line_search_fn, rest]).toEqual([null, {}]);
    const options = {
      learningRate: lr as number,
      maxIterations: max_iter as number,
      history: history_size as number,
      gradientTolerance: tolerance_grad as number,
      changeTolerance: tolerance_change as number,
    };
    const stepOf = (parameters: NamedVariables, loss: () => Tensor): (() => void) => {
      const optimizer = lbfgs(parameters, options);
      const evaluate = made(() => {
        const before = loss();
        return { loss: before, gradients: gradients(before, parameters) };
      });
      return () => optimizer.step(evaluate);
    };
    const { parameters, loss } = network(golden, dtype);
    expectNetworkSteps(golden, dtype, parameters, loss, stepOf(parameters, loss));
    const { x, value } = quadratic(golden, dtype);
    expectQuadraticSteps(golden, dtype, x, value, stepOf({ x }, value));
  },

  newton_schulz({ config, inputs, outputs, tolerance }, { made, dtype }) {
    const { steps, eps: epsilon } = config as { steps: number; eps: number };
    const got = made((g: Tensor) => newtonSchulz(g, { steps, epsilon }))(read(inputs['G']!, dtype));
    expect(faultOf(got, Object.values(outputs)[0]!, tolerance[dtype])).toBeUndefined();
  },
};

/** The kinds that are not replayed, and why. */
const notReplayed: Readonly<Record<string, string>> = {
  nadam:
    'PyTorch 1.13 multiplies once too often by the momentum, and keeps the product in float32. PyTorch 2 and the paper ' +
    'have the formula that nadam has; the tests below compare with it.',
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
