import { identity, relu } from '@nn/activations';
import { dense, heNormal, sequential } from '@nn/layers';
import { meanSquaredError } from '@nn/losses';
import { adam } from '@nn/optimizers';
import { compile, gradients, linspace, randomState, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { figure } from './figure.ts';
import { plot } from './plot.ts';
import { short } from './scene.ts';

const area = plot({ at: [50, 24], size: [540, 300], x: [0, 1], y: [-1.5, 1.5], xLabel: 'x', ticks: [5, 6] });
const points = 100;
const x = linspace(0, 1, { count: points }).reshape([points, 1]) as Tensor;
const y = x.mul(2 * Math.PI).sin();
const xs = [...x.data];

/** A 1-16-16-1 network that is trained on the sine with a given activation. */
interface Learner {
  train(steps: number): number;
  predictions(): readonly number[];
}

function learner(activation: (x: Tensor) => Tensor): Learner {
  const random = randomState(4);
  const model = sequential(
    dense(1, 16, { random, weight: heNormal }),
    activation,
    dense(16, 16, { random, weight: heNormal }),
    activation,
    dense(16, 1, { random, weight: heNormal }),
  );
  const optimizer = adam(model.parameters, { learningRate: 0.01 });
  const step = compile(
    (x: Tensor, y: Tensor) => {
      const loss = meanSquaredError(model(x), y);
      optimizer.step(gradients(loss, model.parameters));
      return loss;
    },
    wasm({ deterministic: true }),
  );
  return {
    train(steps) {
      let loss = Number.NaN;
      for (let at = 0; at < steps; at++) loss = step(x, y).item();
      return loss;
    },
    predictions: () => [...model(x).data],
  };
}

/** Both networks after a number of training steps. */
interface Fit extends Record<string, unknown> {
  readonly steps: number;
  readonly learners: readonly [identity: Learner, relu: Learner];
  readonly fits: readonly [identity: readonly number[], relu: readonly number[]];
  readonly losses: readonly [identity: number, relu: number];
}

function fresh(): Fit {
  const learners = [learner(identity), learner(relu)] as const;
  const fits = [learners[0].predictions(), learners[1].predictions()] as const;
  return { steps: 0, learners, fits, losses: [lossOf(fits[0]), lossOf(fits[1])] };
}

function further({ steps, learners }: Fit, more: number): Fit {
  for (const each of learners) each.train(more);
  const fits = [learners[0].predictions(), learners[1].predictions()] as const;
  return { steps: steps + more, learners, fits, losses: [lossOf(fits[0]), lossOf(fits[1])] };
}

const lossOf = (fit: readonly number[]): number =>
  fit.reduce((sum, value, at) => sum + (value - y.data[at]!) ** 2, 0) / points;

/** F8: a sine and the fits of two networks, one with identity activations and one with ReLU. */
export const sineFit = figure<Fit>({
  title: 'A sine fitted with identity and with ReLU activations',
  start: further(fresh(), 1000),
  controls: [
    { kind: 'button', label: 'Untrained', act: fresh },
    { kind: 'play', label: 'Train', next: (fit) => (fit.steps < 3000 ? further(fit, 10) : undefined) },
  ],
  scene: ({ steps, fits, losses }) => ({
    width: 620,
    height: 370,
    marks: [
      ...area.axes,
      ...area.curve(xs, [...y.data], { tone: 'quiet', width: 6 }),
      ...area.curve(xs, fits[0], { tone: 'second', width: 2.5, dashed: true }),
      ...area.curve(xs, fits[1], { tone: 'first', width: 3 }),
      {
        kind: 'text',
        at: [330, 48],
        text: `identity: MSE ${short(losses[0], 4)}`,
        tone: 'second',
        size: 15,
        bold: true,
      },
      { kind: 'text', at: [330, 70], text: `ReLU: MSE ${short(losses[1], 4)}`, tone: 'first', size: 15, bold: true },
      { kind: 'text', at: [330, 92], text: 'target: sine', tone: 'quiet', size: 15 },
      { kind: 'text', at: [64, 314], text: `training steps: ${steps}`, tone: 'quiet', size: 14 },
    ],
    description:
      `After ${steps} training steps the network with identity activations fits a straight line with mean squared error ${short(losses[0], 4)}; ` +
      `the network with ReLU has mean squared error ${short(losses[1], 4)}.`,
    table: {
      columns: ['x', 'sine', 'identity', 'ReLU'],
      rows: xs.flatMap((each, at) =>
        at % 9 === 0 ? [[short(each), short(y.data[at]!), short(fits[0][at]!), short(fits[1][at]!)]] : [],
      ),
    },
  }),
});
