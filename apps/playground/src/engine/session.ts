import { permutation, type Random, randomState, runSteps, runBatches, type Tensor, type Variable } from '@nn/tensor';
import { batchSize } from '../state/data-kinds.ts';
import type { NetworkSettings, Settings, TrainingSettings } from '../state/schema.ts';
import type { DataSplit } from './data.ts';
import type { LearnerModule } from './learner-module.ts';
import type { Learner } from './learner.ts';
import { buildNetwork, type Network } from './network.ts';
import { objectiveOf } from './objective.ts';

/** Loss and accuracy of a network on some rows. */
export interface Metrics {
  readonly loss: number;
  readonly accuracy: number;
}

/** The complete state of a session: parameters, optimizer state and step count. */
export interface SessionState {
  readonly values: ReadonlyMap<Variable, Tensor>;
  readonly steps: number;
}

/** Inputs with their targets. */
export interface Rows {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Trains one network batch by batch. Equal settings give equal results, in whatever portions the steps are requested. */
export class Session {
  readonly network: Network;
  readonly #train: Rows;
  readonly #test: Rows | undefined;
  readonly #loss: (outputs: Tensor, targets: Tensor) => Tensor;
  readonly #seed: number;
  #evaluate: (x: Tensor, y: Tensor) => readonly [loss: Tensor, accuracy: Tensor];
  #training: TrainingSettings;
  #learner: Learner | undefined;
  #batch: number;
  #stepsPerEpoch: number;
  #steps = 0;
  /** The shuffled rows of the current epoch. */
  #shuffled: { readonly epoch: number; readonly rows: Rows } | undefined;

  constructor(settings: Settings, network: NetworkSettings, drawn: DataSplit, random: Random) {
    const objective = objectiveOf(settings.data, network);
    this.network = buildNetwork(settings.data, network, random);
    this.#train = { x: drawn.train.x, y: objective.targets(drawn.train.y) };
    this.#test = drawn.test && { x: drawn.test.x, y: objective.targets(drawn.test.y) };
    this.#loss = objective.loss;
    this.#evaluate = (x, y) => {
      const outputs = this.network.outputs(x);
      return [objective.loss(outputs, y), objective.accuracy(outputs, y)];
    };
    this.#seed = settings.seed;
    this.#training = settings.training;
    this.#batch = batchSize(settings);
    this.#stepsPerEpoch = this.#stepsOf(this.#batch);
  }

  /** The number of training steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** The number of training steps per epoch. */
  get stepsPerEpoch(): number {
    return this.#stepsPerEpoch;
  }

  /** Attaches the training code, which is loaded on demand. Call it before `advance`. */
  attach({ Learner, compileWasm }: LearnerModule): void {
    this.#evaluate = compileWasm(this.#evaluate);
    this.#learner = new Learner(this.network, this.#loss, this.#training);
  }

  /**
   * Changes the training settings and keeps the weights. If the batch size changes, the current epoch starts again.
   */
  setTraining(training: TrainingSettings, batch: number): void {
    if (batch !== this.#batch) {
      const epoch = Math.floor(this.#steps / this.#stepsPerEpoch);
      this.#batch = batch;
      this.#stepsPerEpoch = this.#stepsOf(batch);
      this.#steps = epoch * this.#stepsPerEpoch;
    }
    this.#training = training;
    this.#learner?.setTraining(training);
  }

  /** Performs a number of training steps. */
  advance(steps: number): void {
    const { step } = this.#learner!;
    if (this.#stepsPerEpoch === 1) {
      if (steps > 0) runSteps(step, steps, this.#train.x, this.#train.y);
      this.#steps += steps;
      return;
    }
    for (let left = steps; left > 0;) {
      const from = this.#steps % this.#stepsPerEpoch;
      const to = Math.min(from + left, this.#stepsPerEpoch);
      this.#pass(from, to);
      this.#steps += to - from;
      left -= to - from;
    }
  }

  evaluate(): { readonly train: Metrics; readonly test: Metrics | undefined } {
    return { train: this.#metricsOf(this.#train), test: this.#test && this.#metricsOf(this.#test) };
  }

  state(): SessionState {
    return { values: new Map(this.#variables().map((each) => [each, each.current()])), steps: this.#steps };
  }

  restore({ values, steps }: SessionState): void {
    for (const [variable, value] of values) variable.assign(value);
    this.#steps = steps;
  }

  /** The batch of the next training step. */
  nextBatch(): Rows {
    return this.#batchAt(this.#steps % this.#stepsPerEpoch);
  }

  #stepsOf(batch: number): number {
    return Math.ceil(this.#train.x.shape[0]! / batch);
  }

  #variables(): readonly Variable[] {
    return [...Object.values(this.network.parameters), ...(this.#learner?.optimizerState ?? [])];
  }

  #metricsOf({ x, y }: Rows): Metrics {
    const [loss, accuracy] = this.#evaluate(x, y);
    return { loss: loss.item(), accuracy: accuracy.item() };
  }

  /** The rows in the order of the current epoch. Seed and epoch determine the permutation. */
  #order(): Rows {
    const epoch = Math.floor(this.#steps / this.#stepsPerEpoch);
    if (this.#shuffled?.epoch === epoch) return this.#shuffled.rows;
    const { x, y } = this.#train;
    const order = permutation(randomState((this.#seed + epoch) % 2 ** 32), x.shape[0]!);
    const rows = { x: x.take(order, 0), y: y.take(order, 0) };
    this.#shuffled = { epoch, rows };
    return rows;
  }

  /** Performs a range of steps of the current epoch. */
  #pass(from: number, to: number): void {
    const { step } = this.#learner!;
    const { x, y } = this.#order();
    const batch = this.#batch;
    // Full batches are processed by one call. The last batch of an epoch may be smaller.
    const full = Math.min(to, Math.floor(x.shape[0]! / batch)) - from;
    if (full > 0) {
      const stacked = (values: Tensor): Tensor =>
        values.slice([from * batch, (from + full) * batch]).reshape([full, batch, ...values.shape.slice(1)]);
      runBatches(step, stacked(x), stacked(y));
    }
    if (full < to - from) {
      const last = this.#batchAt(to - 1);
      step(last.x, last.y);
    }
  }

  #batchAt(at: number): Rows {
    if (this.#stepsPerEpoch === 1) return this.#train;
    const { x, y } = this.#order();
    const range = [at * this.#batch, Math.min((at + 1) * this.#batch, x.shape[0]!)] as const;
    return { x: x.slice(range), y: y.slice(range) };
  }
}
