import { generatorState, randomState, restoreGenerator } from '@nn/tensor';
import { batchOf } from '../state/data-kinds.ts';
import type { Settings, Stride } from '../state/schema.ts';
import { firstUnsound, isSound } from './culprit.ts';
import { drawData, type Drawn } from './data.ts';
import type { Kit } from './kit.ts';
import { type Score, Session, type SessionState } from './session.ts';
import { Snapshots } from './snapshots.ts';

/** Where and when a network lost its numbers. */
export interface Breakdown {
  readonly network: number;
  /** From 0 on. */
  readonly layer: number;
  readonly layers: number;
}

interface Moment {
  readonly steps: number;
  /** Counts how often the way of training was changed: over such a change one cannot go forward again. */
  readonly regime: number;
  readonly sessions: readonly SessionState[];
}

/** The networks of the settings, in training side by side on the same data. */
export class Experiment {
  readonly drawn: Drawn;
  readonly sessions: readonly Session[];
  readonly #snapshots = new Snapshots<Moment>();
  #settings: Settings;
  #regime = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.drawn = drawData(settings.data);
    // While both seeds are equal the weights come from the stream of the points, as in the notebook; every network
    // begins at the same place of it.
    const random = settings.seed === settings.data.seed ? this.drawn.random : randomState(settings.seed);
    const start = generatorState(random);
    this.sessions = settings.networks.map((network) => {
      return new Session(settings, network, this.drawn, restoreGenerator(random, start));
    });
    this.keep();
  }

  /** Makes it able to learn: call it before anything is taken a step further. */
  equip(kit: Kit): void {
    for (const session of this.sessions) session.equip(kit);
    // What the optimizers remember belongs to the first moment too.
    this.keep();
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
  stride(stride: Stride): void {
    this.advance(stride === 'batch' ? 1 : this.stepsPerEpoch - (this.steps % this.stepsPerEpoch));
  }

  /**
   * Goes back to before the last stride: to the latest kept moment, and forward again from there. Over a change of the
   * way of training it goes to the latest moment before the change.
   *
   * @returns whether so early a moment is still kept
   */
  back(stride: Stride): boolean {
    const far = stride === 'batch' ? 1 : this.steps % this.stepsPerEpoch || this.stepsPerEpoch;
    const target = this.steps - far;
    const moment = target < 0 ? undefined : this.#snapshots.before(target);
    if (!moment) return false;
    this.#restore(moment);
    if (moment.regime === this.#regime) this.advance(target - moment.steps);
    this.#snapshots.forgetFrom(target + 1);
    return true;
  }

  /** Keeps this moment, to go back to. */
  keep(): void {
    const sessions = this.sessions.map((session) => session.state());
    this.#snapshots.keep({ steps: this.steps, regime: this.#regime, sessions });
  }

  scores(): readonly { readonly train: Score; readonly test: Score | undefined }[] {
    return this.sessions.map((session) => session.score());
  }

  /** Trains on in another way; the weights stay. */
  retrain(settings: Settings): void {
    const [before, batch] = [this.#settings, batchOf(settings)];
    this.#settings = settings;
    for (const session of this.sessions) session.retrain(settings.training, batch);
    this.#regime++;
    // What another optimizer remembered, and steps of another size, cannot be gone back to.
    if (batch !== batchOf(before) || !sameMemory(before.training, settings.training)) this.#snapshots.clear();
    this.keep();
  }

  /**
   * Looks whether a network has lost its numbers. If one has, everything goes back to the last kept moment before it.
   *
   * @param scores  what `scores()` gave
   */
  breakdown(scores: ReturnType<Experiment['scores']>): Breakdown | undefined {
    const network = this.sessions.findIndex(
      (session, at) => !Number.isFinite(scores[at]!.train.loss) || !isSound(session.network),
    );
    const session = this.sessions[network];
    if (!session) return undefined;
    const until = this.steps;
    const moment = this.#snapshots.before(until)!;
    const layer = firstUnsound(session, moment.sessions[network]!, until);
    this.#restore(moment);
    return { network, layer, layers: session.network.layers.length };
  }

  #restore(moment: Moment): void {
    for (const [at, session] of this.sessions.entries()) session.restore(moment.sessions[at]!);
  }
}

/** Does a change leave what the optimizer remembers? */
function sameMemory(one: Settings['training'], other: Settings['training']): boolean {
  return one.optimizer === other.optimizer && one.momentum === other.momentum && one.nesterov === other.nesterov;
}
