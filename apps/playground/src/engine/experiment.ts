import { generatorState, randomState, restoreGenerator } from '@nn/tensor';
import { batchSize } from '../state/data-kinds.ts';
import type { Settings, Stride } from '../state/schema.ts';
import { firstNonFiniteLayer, allFinite } from './non-finite.ts';
import { generateData, type DataSplit } from './data.ts';
import type { LearnerModule } from './learner-module.ts';
import { type Metrics, Session, type SessionState } from './session.ts';
import { Snapshots } from './snapshots.ts';

/** Where and when a network lost its numbers. */
export interface Divergence {
  readonly network: number;
  /** From 0 on. */
  readonly layer: number;
  readonly layers: number;
}

interface Snapshot {
  readonly steps: number;
  /** Counts how often the way of training was changed: over such a change one cannot go forward again. */
  readonly trainingVersion: number;
  readonly sessions: readonly SessionState[];
}

/** The networks of the settings, in training side by side on the same data. */
export class Experiment {
  readonly drawn: DataSplit;
  readonly sessions: readonly Session[];
  readonly #snapshots = new Snapshots<Snapshot>();
  #settings: Settings;
  #trainingVersion = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.drawn = generateData(settings.data);
    // While both seeds are equal the weights come from the stream of the points, as in the notebook; every network
    // begins at the same place of it.
    const random = settings.seed === settings.data.seed ? this.drawn.random : randomState(settings.seed);
    const start = generatorState(random);
    this.sessions = settings.networks.map((network) => {
      return new Session(settings, network, this.drawn, restoreGenerator(random, start));
    });
    this.saveSnapshot();
  }

  /** Makes it able to learn: call it before anything is taken a step further. */
  attach(learnerModule: LearnerModule): void {
    for (const session of this.sessions) session.attach(learnerModule);
    // What the optimizers remember belongs to the first snapshot too.
    this.saveSnapshot();
  }

  get steps(): number {
    return this.sessions[0]!.steps;
  }

  get stepsPerEpoch(): number {
    return this.sessions[0]!.stepsPerEpoch;
  }

  advance(steps: number): void {
    for (const session of this.sessions) session.advance(steps);
  }

  /** Takes one step of the given size: to the end of the epoch under way, or one batch. */
  step(stride: Stride): void {
    this.advance(stride === 'batch' ? 1 : this.stepsPerEpoch - (this.steps % this.stepsPerEpoch));
  }

  /**
   * Goes back to before the last stride: to the latest kept snapshot, and forward again from there. Over a change of the
   * way of training it goes to the latest snapshot before the change.
   *
   * @returns whether so early a snapshot is still kept
   */
  stepBack(stride: Stride): boolean {
    const far = stride === 'batch' ? 1 : this.steps % this.stepsPerEpoch || this.stepsPerEpoch;
    const target = this.steps - far;
    const snapshot = target < 0 ? undefined : this.#snapshots.latestAt(target);
    if (!snapshot) return false;
    this.#restore(snapshot);
    if (snapshot.trainingVersion === this.#trainingVersion) this.advance(target - snapshot.steps);
    this.#snapshots.removeFrom(target + 1);
    return true;
  }

  /** Keeps this snapshot, to go back to. */
  saveSnapshot(): void {
    const sessions = this.sessions.map((session) => session.state());
    this.#snapshots.add({ steps: this.steps, trainingVersion: this.#trainingVersion, sessions });
  }

  evaluate(): readonly { readonly train: Metrics; readonly test: Metrics | undefined }[] {
    return this.sessions.map((session) => session.evaluate());
  }

  /** Trains on in another way; the weights stay. */
  setTraining(settings: Settings): void {
    const [before, batch] = [this.#settings, batchSize(settings)];
    this.#settings = settings;
    for (const session of this.sessions) session.setTraining(settings.training, batch);
    this.#trainingVersion++;
    // What another optimizer remembered, and steps of another size, cannot be gone back to.
    if (batch !== batchSize(before) || !sameMemory(before.training, settings.training)) this.#snapshots.clear();
    this.saveSnapshot();
  }

  /**
   * Looks whether a network has lost its numbers. If one has, everything goes back to the last kept snapshot before it.
   *
   * @param metrics  what `evaluate()` gave
   */
  checkDivergence(metrics: ReturnType<Experiment['evaluate']>): Divergence | undefined {
    const network = this.sessions.findIndex(
      (session, at) => !Number.isFinite(metrics[at]!.train.loss) || !allFinite(session.network),
    );
    const session = this.sessions[network];
    if (!session) return undefined;
    const until = this.steps;
    const snapshot = this.#snapshots.latestAt(until)!;
    const layer = firstNonFiniteLayer(session, snapshot.sessions[network]!, until);
    this.#restore(snapshot);
    return { network, layer, layers: session.network.layers.length };
  }

  #restore(snapshot: Snapshot): void {
    for (const [at, session] of this.sessions.entries()) session.restore(snapshot.sessions[at]!);
  }
}

/** Does a change leave what the optimizer remembers? */
function sameMemory(one: Settings['training'], other: Settings['training']): boolean {
  return one.optimizer === other.optimizer && one.momentum === other.momentum && one.nesterov === other.nesterov;
}
