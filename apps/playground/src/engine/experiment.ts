import { generatorState, randomState, restoreGenerator } from '@nn/tensor';
import { batchSize } from '../state/data-kinds.ts';
import type { Settings, Stride } from '../state/schema.ts';
import { firstNonFiniteLayer, allFinite } from './non-finite.ts';
import { generateData, type DataSplit } from './data.ts';
import type { LearnerModule } from './learner-module.ts';
import { type Metrics, Session, type SessionState } from './session.ts';
import { sameOptimizer } from './same-optimizer.ts';
import { Snapshots } from './snapshots.ts';

/** The network and the layer that became non-finite. */
export interface Divergence {
  readonly network: number;
  /** Counted from 0. */
  readonly layer: number;
  readonly layers: number;
}

interface Snapshot {
  readonly steps: number;
  /** Counts changes of the training settings. Steps cannot be replayed across such a change. */
  readonly trainingVersion: number;
  readonly sessions: readonly SessionState[];
}

/** Trains the networks of the settings side by side on the same data. */
export class Experiment {
  readonly drawn: DataSplit;
  readonly sessions: readonly Session[];
  readonly #snapshots = new Snapshots<Snapshot>();
  #settings: Settings;
  #trainingVersion = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.drawn = generateData(settings.data);
    // If both seeds are equal, the weights are drawn from the generator that drew the data, as in the notebook. Every network
    // starts from the same generator state.
    const random = settings.seed === settings.data.seed ? this.drawn.random : randomState(settings.seed);
    const start = generatorState(random);
    this.sessions = settings.networks.map((network) => {
      return new Session(settings, network, this.drawn, restoreGenerator(random, start));
    });
    this.saveSnapshot();
  }

  /** Attaches the training code, which is loaded on demand. Call it before any step. */
  attach(learnerModule: LearnerModule): void {
    for (const session of this.sessions) session.attach(learnerModule);
    // The first snapshot includes the optimizer state.
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

  /** Trains to the end of the current epoch, or for one batch. */
  step(stride: Stride): void {
    this.advance(stride === 'batch' ? 1 : this.stepsPerEpoch - (this.steps % this.stepsPerEpoch));
  }

  /**
   * Goes one epoch or one batch back: restores the latest earlier snapshot and replays the steps after it. If the training
   * settings have changed since the snapshot, it only restores the snapshot.
   *
   * @returns false if there is no earlier snapshot
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

  /** Saves a snapshot of the current state. */
  saveSnapshot(): void {
    const sessions = this.sessions.map((session) => session.state());
    this.#snapshots.add({ steps: this.steps, trainingVersion: this.#trainingVersion, sessions });
  }

  evaluate(): readonly { readonly train: Metrics; readonly test: Metrics | undefined }[] {
    return this.sessions.map((session) => session.evaluate());
  }

  /** Changes the training settings and keeps the weights. */
  setTraining(settings: Settings): void {
    const [before, batch] = [this.#settings, batchSize(settings)];
    this.#settings = settings;
    for (const session of this.sessions) session.setTraining(settings.training, batch);
    this.#trainingVersion++;
    // Snapshots of another optimizer or batch size cannot be restored.
    if (batch !== batchSize(before) || !sameOptimizer(before.training, settings.training)) this.#snapshots.clear();
    this.saveSnapshot();
  }

  /**
   * Checks whether a network has become non-finite. If so, restores the last snapshot with finite values.
   *
   * @param metrics  the result of `evaluate()`
   * @returns        undefined if all networks are finite
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
