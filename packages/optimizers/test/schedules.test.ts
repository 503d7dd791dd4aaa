import { fault, type GoldenCase, goldenCases, waysAndPrecisions } from '@nn/golden';
import { full, type Tensor, tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  cosineAnnealing,
  cosineRestarts,
  cyclicSchedule,
  exponentialDecay,
  inverseTimeDecay,
  linearSchedule,
  multiStepDecay,
  oneCycle,
  oneCycleMomentum,
  polynomialDecay,
  reduceOnPlateau,
  type Schedule,
  sequentialSchedule,
  sgd,
  stepDecay,
  warmUp,
} from '../src/index.ts';

/** The schedules of a recorded case, by the name of what was recorded, and how it is told a metric. */
interface Replay {
  readonly lr: Schedule;
  readonly momentum?: Schedule;
  readonly report?: (metric: number) => void;
}

type Config = Readonly<Record<string, number>>;

const cycleOf = (config: GoldenCase['config']) => {
  const { total_steps, pct_start, anneal_strategy, three_phase } = config as {
    readonly total_steps: number;
    readonly pct_start: number;
    readonly anneal_strategy: string;
    readonly three_phase: boolean;
  };
  const anneal = anneal_strategy === 'cos' ? ('cosine' as const) : ('linear' as const);
  return { steps: total_steps, rising: pct_start, anneal, threePhase: three_phase };
};

/** Our schedule for each of PyTorch's. */
const replays: Readonly<Record<string, (rate: number, config: GoldenCase['config']) => Replay>> = {
  step: (rate, { step_size, gamma }) => ({
    lr: stepDecay(rate, { every: step_size as number, factor: gamma as number }),
  }),
  multistep: (rate, { milestones, gamma }) => ({
    lr: multiStepDecay(rate, { milestones: milestones as number[], factor: gamma as number }),
  }),
  exponential: (rate, { gamma }) => ({ lr: exponentialDecay(rate, { factor: gamma as number }) }),
  cosine: (rate, { T_max, eta_min }) => ({
    lr: cosineAnnealing(rate, { steps: T_max as number, minimum: eta_min as number }),
  }),
  cosine_warm_restarts(rate, config) {
    const { T_0, T_mult, eta_min } = config as Config;
    return { lr: cosineRestarts(rate, { steps: T_0!, growth: T_mult!, minimum: eta_min! }) };
  },
  one_cycle(_, config) {
    const { max_lr, div_factor, final_div_factor, base_momentum, max_momentum } = config as Config;
    const cycle = cycleOf(config);
    return {
      lr: oneCycle(max_lr!, { ...cycle, divisor: div_factor!, finalDivisor: final_div_factor! }),
      momentum: oneCycleMomentum({ ...cycle, minimum: base_momentum!, maximum: max_momentum! }),
    };
  },
  polynomial: (rate, { total_iters, power }) => ({
    lr: polynomialDecay(rate, { steps: total_iters as number, power: power as number }),
  }),
  linear_warmup(rate, config) {
    const { start_factor, end_factor, total_iters } = config as Config;
    return { lr: linearSchedule({ from: rate * start_factor!, to: rate * end_factor!, steps: total_iters! }) };
  },
  constant: (rate, { factor, total_iters }) => ({
    lr: sequentialSchedule([rate * (factor as number), rate], { boundaries: [total_iters as number] }),
  }),
  warmup_then_cosine(rate, { warmup, cosine, milestone }) {
    const { start_factor, total_iters } = warmup as Config;
    expect(milestone).toBe(total_iters);
    const later = cosineAnnealing(rate, { steps: (cosine as Config)['T_max']! });
    return { lr: warmUp(later, { steps: total_iters!, from: rate * start_factor! }) };
  },
  cyclic(_, config) {
    const { lr_min, lr_max, step_size_up, step_size_down, gamma } = config as Config;
    return {
      lr: cyclicSchedule({
        minimum: lr_min!,
        maximum: lr_max!,
        up: step_size_up!,
        down: step_size_down!,
        cycleFactor: config['mode'] === 'triangular2' ? 0.5 : 1,
        stepFactor: gamma!,
      }),
    };
  },
  inverse_time: (rate, { decay }) => ({ lr: inverseTimeDecay(rate, { decay: decay as number }) }),
  plateau(rate, config) {
    const { factor, patience, threshold, cooldown, min_lr } = config as Config;
    const lr = reduceOnPlateau(rate, {
      mode: config['mode'] as 'min' | 'max',
      factor: factor!,
      patience: patience!,
      threshold: threshold!,
      thresholdMode: config['threshold_mode'] === 'rel' ? 'relative' : 'absolute',
      cooldown: cooldown!,
      minimum: min_lr!,
    });
    return { lr, report: lr.report };
  },
};

const recorded = goldenCases(new URL('../golden/schedules.json', import.meta.url));
const labelled = recorded.map((golden) => ({ name: `${golden.op} ${JSON.stringify(golden.config)}`, golden }));
const replayOf = ({ op, config }: GoldenCase): Replay => replays[op]!(config['base_lr'] as number, config);

test('every recorded schedule is replayed', () => {
  expect(recorded.map(({ op }) => op).filter((op) => !replays[op])).toEqual([]);
});

describe.each(waysAndPrecisions)('schedules are those of PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(labelled)('$name', ({ golden }) => {
    const { config, inputs, outputs, tolerance } = golden;
    const { report, ...schedules } = replayOf(golden);
    expect(Object.keys(schedules)).toEqual(Object.keys(outputs));
    const iterations = variable(full([], 0, { dtype: 'int32' }) as Tensor);
    const step = made(() => {
      // The value that a step reads before it counts itself.
      const values = Object.values<Schedule>(schedules).map((one) => one(iterations).cast(dtype));
      iterations.assign(iterations.add(1));
      return values;
    });
    const got = Array.from({ length: config['steps'] as number }, (_, at) => {
      const values = step().map((value) => value.item());
      report?.(inputs['metrics']!.data[at]!);
      return values;
    });
    Object.keys(schedules).forEach((name, at) => {
      const values = got.map((each) => each[at]!);
      expect(fault(values, outputs[name]!.data, tolerance[dtype]), name).toBeUndefined();
    });
  });
});

// Without momentum and with a gradient of 1 the steps are the rates.
describe.each(waysAndPrecisions)('an optimizer follows its schedule, $way, in $dtype', ({ made, dtype }) => {
  test.each(labelled)('$name', ({ golden }) => {
    const { config, inputs, outputs } = golden;
    const { lr, report } = replayOf(golden);
    const w = variable(tensor(0, { dtype }) as Tensor);
    const optimizer = sgd({ w }, { learningRate: lr });
    const step = made(() => {
      optimizer.step({ w: full([], 1, { dtype }) });
    });
    let sum = 0;
    const want: number[] = [];
    const got: number[] = [];
    for (let at = 0; at < (config['steps'] as number); at++) {
      step();
      sum -= outputs['lr']!.data[at]!;
      want.push(sum);
      got.push(w.item());
      report?.(inputs['metrics']!.data[at]!);
    }
    expect(fault(got, want, { rtol: 0, atol: dtype === 'float64' ? 1e-9 : 1e-5 })).toBeUndefined();
  });
});
