import { dense, randomNormal } from '@nn/layers';
import { spiral } from '@nn/datasets';
import { randomState } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { dataFacts } from '../state/data-kinds.ts';
import { presets } from '../state/presets.ts';
import {
  dataSchema,
  layerSchema,
  networkSchema,
  type Settings,
  trainingSchema,
  defaultSettings,
} from '../state/schema.ts';
import { generateData } from './data.ts';
import { Experiment } from './experiment.ts';
import * as learnerModule from './learner.ts';

const start = (settings: Settings): Experiment => {
  const experiment = new Experiment(settings);
  experiment.attach(learnerModule);
  return experiment;
};

const small: Settings = {
  ...defaultSettings,
  data: { ...defaultSettings.data, samples: 90, test: 0.2 },
  networks: [{ ...defaultSettings.networks[0]!, layers: [{ neurons: 4, activation: 'tanh' }] }],
  training: { ...defaultSettings.training, batch: 16 },
};

/** All parameters of all networks, flattened. */
const weights = ({ sessions }: Experiment): number[] =>
  sessions.flatMap(({ network }) => Object.values(network.parameters).flatMap(({ data }) => Array.from(data)));

test('the default settings draw the notebook’s data and weights: np.random.seed(0), the spiral, then the weights', () => {
  const random = randomState(0);
  const { x } = spiral({ samples: 100, classes: 3, random });
  const first = dense(2, 64, { random, weight: randomNormal(0.01) });
  const { drawn, sessions } = new Experiment(defaultSettings);
  expect(drawn.train.x.toArray()).toEqual(x.toArray());
  expect(sessions[0]!.network.layers[0]!.weight.toArray()).toEqual(first.weight.toArray());
});

test('equal settings give equal weights, in whatever portions the steps are requested', () => {
  const [once, bit] = [start(small), start(small)];
  once.advance(3 * once.stepsPerEpoch + 2);
  for (let step = 0; step < 3 * bit.stepsPerEpoch + 2; step++) bit.advance(1);
  expect(once.stepsPerEpoch).toBe(5);
  expect(weights(bit)).toEqual(weights(once));
  expect(bit.evaluate()).toEqual(once.evaluate());
});

test('a smaller last batch is trained on too', () => {
  const [whole, cut] = [start(small), start(small)];
  // 72 rows in batches of 16: four whole ones, and one of 8.
  whole.advance(5);
  cut.advance(4);
  expect(weights(whole)).not.toEqual(weights(cut));
});

test('training reduces the loss and classifies correctly', () => {
  const experiment = start(presets['xor']!.settings);
  const [before] = experiment.evaluate();
  experiment.advance(60 * experiment.stepsPerEpoch);
  const [after] = experiment.evaluate();
  expect(after!.train.loss).toBeLessThan(before!.train.loss / 2);
  expect(after!.train.accuracy).toBeGreaterThan(0.85);
  expect(after!.test!.accuracy).toBeGreaterThan(0.8);
});

test('identity activations fit a straight line, ReLU fits the sine', () => {
  const experiment = start(presets['sine']!.settings);
  experiment.advance(1000);
  const [linear, nonlinear] = experiment.evaluate();
  // The best straight line through sin 2πx leaves ½ − 6/π⁴·… ≈ 0.196 of the variance.
  expect(linear!.train.loss).toBeCloseTo(0.5 - 3 / Math.PI ** 2, 2);
  expect(nonlinear!.train.loss).toBeLessThan(0.01);
});

describe('stepping back', () => {
  test('by epochs restores the same weights to the last bit', () => {
    const experiment = start(small);
    const states = [weights(experiment)];
    for (let epoch = 0; epoch < 4; epoch++) {
      experiment.step('epoch');
      experiment.saveSnapshot();
      states.push(weights(experiment));
    }
    for (let epoch = 3; epoch >= 0; epoch--) {
      expect(experiment.stepBack('epoch')).toBe(true);
      expect(experiment.steps).toBe(epoch * experiment.stepsPerEpoch);
      expect(weights(experiment)).toEqual(states[epoch]);
    }
    expect(experiment.stepBack('epoch')).toBe(false);
  });

  test('reaches steps without a snapshot by replaying from an earlier one', () => {
    const [experiment, other] = [start(small), start(small)];
    experiment.advance(23);
    experiment.saveSnapshot();
    other.advance(22);
    expect(experiment.stepBack('batch')).toBe(true);
    expect(weights(experiment)).toEqual(weights(other));
  });

  test('and training on gives the same weights as training without it', () => {
    const [experiment, other] = [start(small), start(small)];
    experiment.advance(12);
    experiment.saveSnapshot();
    experiment.stepBack('epoch');
    expect(experiment.steps).toBe(10);
    experiment.advance(7);
    other.advance(17);
    expect(weights(experiment)).toEqual(weights(other));
  });

  test('over a change of the learning rate restores the snapshot before the change', () => {
    const experiment = start(small);
    experiment.advance(5);
    experiment.saveSnapshot();
    const before = weights(experiment);
    experiment.advance(3);
    experiment.setTraining({ ...small, training: { ...small.training, learningRate: 0.5 } });
    experiment.advance(1);
    expect(experiment.stepBack('epoch')).toBe(true);
    expect(weights(experiment)).toEqual(before);
  });
});

describe('a change of the training settings', () => {
  test.each<Partial<Settings['training']>>([
    { learningRate: 0.5 },
    { decay: 0.1 },
    { optimizer: 'sgd', momentum: 0.9, nesterov: true },
    { l1: 0.01, l2: 0.1 },
    { batch: 8 },
  ])('%o keeps the weights and changes later steps', (changes) => {
    const [changed, same] = [start(small), start(small)];
    for (const each of [changed, same]) each.advance(5);
    const before = weights(changed);
    changed.setTraining({ ...small, training: { ...small.training, ...changes } });
    expect(weights(changed)).toEqual(before);
    for (const each of [changed, same]) each.step('epoch');
    expect(weights(changed)).not.toEqual(weights(same));
    expect(weights(changed).every(Number.isFinite)).toBe(true);
  });

  test('of the learning rate keeps the optimizer state', () => {
    const [changed, same] = [start(small), start(small)];
    for (const each of [changed, same]) each.advance(5);
    changed.setTraining({ ...small, training: { ...small.training, learningRate: 1 } });
    changed.setTraining(small);
    for (const each of [changed, same]) each.advance(5);
    expect(weights(changed)).toEqual(weights(same));
  });
});

test('a divergence is detected, its layer is named, and the last finite snapshot is restored', () => {
  const experiment = start(presets['exploding']!.settings);
  experiment.advance(200);
  const divergence = experiment.checkDivergence(experiment.evaluate());
  expect(divergence).toMatchObject({ network: 0, layers: 3 });
  expect(divergence!.layer).toBeGreaterThanOrEqual(0);
  expect(weights(experiment).every(Number.isFinite)).toBe(true);
  expect(experiment.checkDivergence(experiment.evaluate())).toBeUndefined();
});

test('a divergence that training does not reproduce still names a layer', () => {
  const experiment = start(small);
  const [session] = experiment.sessions;
  const { weight } = session!.network.layers[1]!;
  weight.assign(weight.current().mul(Infinity));
  // The snapshot is finite, so replaying the steps does not reproduce the divergence.
  expect(experiment.checkDivergence(experiment.evaluate())?.layer).toBeTypeOf('number');
  expect(experiment.steps).toBe(0);
});

describe('everything that can be selected can be trained', () => {
  const expectTrains = (settings: Settings): void => {
    const experiment = start(settings);
    experiment.step('epoch');
    for (const { train: metrics, test } of experiment.evaluate()) {
      expect(Number.isFinite(metrics.loss)).toBe(true);
      expect(metrics.accuracy).toBeGreaterThanOrEqual(0);
      expect(test).toBeDefined();
    }
  };
  const { data, training } = small;
  const [network] = small.networks as readonly [Settings['networks'][number]];

  test.each(dataSchema.fields.kind.names)('data %s, softmax and linear, few classes and many', (kind) => {
    for (const output of networkSchema.fields.output.names) {
      for (const classes of dataFacts[kind].classes) {
        expectTrains({
          ...small,
          data: { ...data, kind, classes: Math.max(2, classes) },
          networks: [{ ...network, output }],
        });
      }
    }
  });

  test.each(layerSchema.fields.activation.names)('activation %s', (activation) => {
    expectTrains({ ...small, networks: [{ ...network, layers: [{ neurons: 3, activation }] }] });
  });

  test.each(networkSchema.fields.start.names)('initializer %s, in eight hidden layers and in none', (start) => {
    const layers = Array.from({ length: 8 }, () => ({ neurons: 3, activation: 'tanh' as const }));
    expectTrains({
      ...small,
      networks: [
        { ...network, start, layers },
        { ...network, start, layers: [] },
      ],
    });
  });

  test.each(trainingSchema.fields.optimizer.names)('optimizer %s', (optimizer) => {
    expectTrains({ ...small, training: { ...training, optimizer, momentum: 0.5, learningRate: 0.01 } });
  });
});

test('training and test data are disjoint and together all samples', () => {
  const { train, test } = generateData({ ...defaultSettings.data, test: 0.25 });
  const all = generateData(defaultSettings.data).train;
  const rows = [...(train.x.toArray() as number[][]), ...(test!.x.toArray() as number[][])].map(String);
  expect(rows.toSorted()).toEqual((all.x.toArray() as number[][]).map(String).toSorted());
});
