import { relu } from '@nn/activations';
import {
  adaptiveAveragePool2d,
  averagePool2d,
  batchNorm,
  conv1d,
  conv2d,
  convTranspose2d,
  dense,
  depthwiseConv2d,
  dropout,
  groupNorm,
  gru,
  instanceNorm,
  layerNorm,
  localResponseNorm,
  lpPool2d,
  lstm,
  maxPool2d,
  type Model,
  prelu,
  separableConv2d,
  sequential,
  transformerEncoderLayer,
  upsample,
  weightNorm,
} from '@nn/layers';
import { meanSquaredError, softmaxCrossentropy } from '@nn/losses';
import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  clipByGlobalNorm,
  lamb,
  lion,
  muon,
  nadam,
  radam,
  rmsprop,
  rprop,
  sgd,
} from '@nn/optimizers';
import {
  compile,
  functionalCall,
  gradients,
  randomState,
  stack,
  stackVariables,
  stepRandom,
  type Random,
  type Targets,
  Tensor,
  tensor,
  type Variable,
  variable,
  vmap,
  watch,
} from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';

type Parameters = Readonly<Record<string, Variable>>;

const count = 3;
const random = randomState(1);
const xs = random.normal([count, 8, 2], { dtype: 'float64' }) as Tensor;
const labels = tensor([0, 1, 2, 0, 1, 2, 0, 1], { dtype: 'int32' }) as Tensor;

const network = (seed: number) => {
  const options = { random: randomState(seed), dtype: 'float64' } as const;
  return sequential(dense(2, 4, options), layerNorm(4, { dtype: 'float64' }), relu, dense(4, 3, options));
};

type Step = (x: Tensor) => readonly Tensor[];

const ways: readonly (readonly [string, (step: Step) => Step])[] = [
  ['eager', (step) => step],
  ['compiled', (step) => compile(step, wasm)],
];

const optimizers: Readonly<Record<string, (parameters: Parameters) => { step(gradients: never): void }>> = {
  sgd: (parameters) => sgd(parameters, { learningRate: 0.1, momentum: 0.9, nesterov: true, decay: 0.01 }),
  adagrad: (parameters) => adagrad(parameters),
  adadelta: (parameters) => adadelta(parameters),
  rmsprop: (parameters) => rmsprop(parameters),
  adam: (parameters) => adam(parameters),
  adamw: (parameters) => adamw(parameters),
  adamax: (parameters) => adamax(parameters),
  nadam: (parameters) => nadam(parameters),
  radam: (parameters) => radam(parameters),
  rprop: (parameters) => rprop(parameters),
  lion: (parameters) => lion(parameters),
};

describe.each(Object.entries(optimizers))('%s trains a population as it trains each network alone', (_, optimizer) => {
  const steps = 5;

  /** The parameters of each network after training it alone. */
  const alone = Array.from({ length: count }, (__, at) => {
    const model = network(at);
    const own = optimizer(model.parameters);
    for (let step = 0; step < steps; step++) {
      const loss = softmaxCrossentropy(model(xs.slice(at)), labels);
      own.step(gradients(loss, model.parameters as Parameters) as never);
    }
    return model.parameters as Parameters;
  });

  test.each(ways)('%s', (__, way) => {
    const models = Array.from({ length: count }, (___, at) => network(at));
    const [model] = models as [(typeof models)[0]];
    const population: Parameters = stackVariables(models.map(({ parameters }) => parameters as Parameters));
    const all = optimizer(population);
    const step = way((x) => {
      const losses = vmap((own: Parameters, rows: Tensor) =>
        functionalCall(model.parameters as Parameters, own, () => softmaxCrossentropy(model(rows), labels)),
      )(population, x);
      all.step(gradients(losses.sum(), population) as never);
      return [losses] as readonly Tensor[];
    });
    for (let at = 0; at < steps; at++) step(xs);
    for (const [name, trained] of Object.entries(population)) {
      const wanted = stack(alone.map((one): Tensor => one[name]!)) as Tensor;
      expect(trained.sub(wanted).abs().max().item(), name).toBeLessThan(1e-12);
    }
  });
});

/** Optimizers that look at a whole parameter or at all of them, and one with a learning rate per network. */
const wholeSteps: Readonly<Record<string, (parameters: Parameters, rate: Variable) => Trainer>> = {
  lamb: (parameters) => trainer(lamb(parameters)),
  muon: (parameters) => trainer(muon(parameters)),
  'adam with clipped gradients': (parameters) => {
    const own = adam(parameters);
    return { state: own.state, step: (found) => own.step(clipByGlobalNorm(found, 0.1) as never) };
  },
  'sgd with a rate of its own': (parameters, rate) =>
    trainer(sgd(parameters, { learningRate: () => rate, momentum: 0.9 })),
};

interface Trainer {
  readonly state: Parameters;
  step(found: Readonly<Record<string, Tensor>>): void;
}

const trainer = (own: { readonly state: Parameters; step(found: never): void }): Trainer => ({
  state: own.state,
  step: (found) => own.step(found as never),
});

describe.each(Object.entries(wholeSteps))('%s, whose whole step is mapped over the networks,', (_, make) => {
  /** One network with its optimizer: its variables, and a step that trains it. */
  function training(at: number): { readonly variables: Parameters; step(x: Tensor): Tensor } {
    const model = network(at);
    const parameters = model.parameters as Parameters;
    const rate = variable(tensor(0.05 * (at + 1), { dtype: 'float64' })) as unknown as Variable;
    const own = make(parameters, rate);
    const state = Object.fromEntries(Object.entries(own.state).map(([name, one]) => [`state.${name}`, one]));
    return {
      variables: { ...parameters, ...state, rate },
      step(x) {
        const loss = softmaxCrossentropy(model(x), labels);
        own.step(gradients(loss, parameters));
        return loss;
      },
    };
  }

  test.each(ways)('%s, trains a population as it trains each network alone', (__, way) => {
    const alone = Array.from({ length: count }, (___, at) => training(at));
    const fresh = Array.from({ length: count }, (___, at) => training(at));
    const population = stackVariables(fresh.map(({ variables }) => variables));
    const [first] = fresh as [(typeof fresh)[0]];
    const step = way((x) => {
      const { loss, after } = vmap((own: Parameters, rows: Tensor) =>
        functionalCall(first.variables, own, () => ({ loss: first.step(rows), after: first.variables })),
      )(population, x);
      for (const [name, value] of Object.entries(after)) population[name]!.assign(value);
      return [loss];
    });
    for (let steps = 0; steps < 4; steps++) {
      const [losses] = step(xs) as [Tensor];
      const wanted = stack(alone.map((one, at) => one.step(xs.slice(at)))) as Tensor;
      expect(losses.sub(wanted).abs().max().item()).toBeLessThan(1e-10);
    }
    for (const [name, trained] of Object.entries(population)) {
      const wanted = stack(alone.map(({ variables }): Tensor => variables[name]!)) as Tensor;
      expect(trained.sub(wanted).abs().max().item(), name).toBeLessThan(1e-10);
    }
  });
});

describe.each(ways)('layers with buffers and random masks, %s,', (_, way) => {
  test('work in a population: it returns their buffers, and the variables of the model keep their values', () => {
    const model = sequential(
      dense(2, 4, { random: randomState(0) }),
      batchNorm(4),
      dropout(0.5, { random: stepRandom(0) }),
      dense(4, 1, { random: randomState(1) }),
    );
    const variables = { ...model.parameters, ...model.buffers } as Parameters;
    const buffers = model.buffers as Parameters;
    const population = stackVariables([variables, variables]);
    const before = Object.values(variables).map((one) => one.toArray());
    const x = random.normal([2, 8, 2], { dtype: 'float32' }) as Tensor;
    const hidden = vmap((rows: Tensor) => rows.matmul(model.parameters['0.weight'] as Tensor))(x) as Tensor;

    const run = way((rows) => {
      const [losses, after] = vmap((own: Parameters, given: Tensor) =>
        functionalCall(variables, own, () => {
          const target = given.sum(1, { keepdims: true });
          return [meanSquaredError(model(given, { training: true }), target), buffers] as const;
        }),
      )(population, rows);
      return [losses, after['1.runningMean']!] as readonly Tensor[];
    });
    const [losses, means] = run(x) as [Tensor, Tensor];
    expect(losses.shape).toEqual([2]);
    // momentum 0.1 from a mean of 0; the bias of the layer before is 0
    expect(means.sub(hidden.mean(1).mul(0.1)).abs().max().item()).toBeLessThan(1e-6);
    expect(Object.values(variables).map((one) => one.toArray())).toEqual(before);
  });
});

const dtype = 'float64';
const images = [2, 4, 6, 6] as const;
const sequences = [2, 5, 4] as const;

/** Layers, and the shape of a batch that they take. */
const layers: Readonly<Record<string, readonly [shape: readonly number[], make: (random: Random) => Model]>> = {
  convolutions: [
    images,
    (random) =>
      sequential(conv2d(4, 3, 3, { random, dtype, padding: 'same' }), conv2d(3, 2, 3, { random, dtype, stride: 2 })),
  ],
  'depthwise and separable convolutions': [
    images,
    (random) => sequential(depthwiseConv2d(4, 3, { random, dtype }), separableConv2d(4, 2, 3, { random, dtype })),
  ],
  'transposed convolution': [images, (random) => convTranspose2d(4, 2, 3, { random, dtype, stride: 2 })],
  'convolution over time': [[2, 4, 9], (random) => conv1d(4, 3, 3, { random, dtype, dilation: 2, groups: 1 })],
  pooling: [images, (random) => sequential(maxPool2d(2), conv2d(4, 2, 2, { random, dtype }), averagePool2d(2))],
  'other pooling': [images, () => sequential(lpPool2d(2, { power: 2 }), adaptiveAveragePool2d(2))],
  upsampling: [images, () => upsample(2, { mode: 'linear' })],
  'normalisation of groups': [
    images,
    () => sequential(groupNorm(2, 4, { dtype }), instanceNorm(4, { dtype, affine: true })),
  ],
  'normalisation of batches': [images, () => batchNorm(4, { dtype })],
  'normalisation across channels': [images, () => localResponseNorm(3)],
  attention: [sequences, (random) => transformerEncoderLayer(4, 2, { random, dtype, hidden: 8, causal: true })],
  'recurrent layers': [
    sequences,
    (random) =>
      sequential(
        gru(4, 3, { random, dtype, returnSequences: true }),
        lstm(3, 2, { random, dtype, bidirectional: true }),
      ),
  ],
  'a learned slope': [sequences, () => prelu({ dtype })],
  'gated weights': [sequences, (random) => weightNorm(dense(4, 3, { random, dtype }))],
};

describe.each(Object.entries(layers))('%s', (_, [shape, make]) => {
  test.each(ways)('give the same in a population as alone, with gradients, %s', (__, way) => {
    const models = Array.from({ length: count }, (___, at) => make(randomState(at)));
    const [model] = models as [Model];
    const x = randomState(9).normal([count, ...shape], { dtype }) as Tensor;
    const lossAndGradients = (one: Model, parameters: Targets, rows: Tensor): readonly Tensor[] => {
      const input = watch(rows);
      const output = one(input, { training: true }) as Tensor;
      const loss = output.mul(output).sin().sum();
      const found = gradients<Targets>(loss, [parameters, input]);
      return [output, loss, ...targetsIn(found)];
    };
    const alone = models.map((one, at) => lossAndGradients(one, one.parameters as Targets, x.slice(at)));

    const fresh = Array.from({ length: count }, (___, at) => make(randomState(at)));
    const variables = { ...model.parameters, ...model.buffers } as Parameters;
    const population = stackVariables(fresh.map((one) => ({ ...one.parameters, ...one.buffers }) as Parameters));
    const all = way((rows) =>
      vmap((own: Parameters, given: Tensor) =>
        functionalCall(variables, own, () => lossAndGradients(model, model.parameters as Targets, given)),
      )(population, rows),
    )(x);
    expect(all.length).toBe(alone[0]!.length);
    for (const [at, one] of all.entries()) {
      const wanted = stack(alone.map((each) => each[at]!)) as Tensor;
      expect(one.shape).toEqual(wanted.shape);
      expect(one.sub(wanted).abs().max().item(), `result ${at}`).toBeLessThan(1e-10);
    }
  });
});

const targetsIn = (targets: Targets): readonly Tensor[] =>
  targets instanceof Tensor ? [targets] : Object.values(targets).flatMap(targetsIn);
