import type { Dataset } from '@nn/datasets';
import type { FromPainter, FromTrainer, NetworkMetrics, Points, ToPainter, ToTrainer } from '../protocol.ts';
import type { Settings } from '../state/schema.ts';
import { Experiment } from './experiment.ts';
import type { LearnerModule } from './learner-module.ts';

/** A line to someone else. */
export interface Port<Message> {
  postMessage(message: Message, transfer?: Transferable[]): void;
}

/** So long the trainer works before it listens again, in milliseconds. */
const turn = 8;
/** The rate of epochs is taken over so long, in milliseconds. */
const rateSpan = 500;

/** Trains what it is told to, reports to the page, and keeps the painter supplied with weights. */
export class Trainer {
  readonly #page: Port<FromTrainer>;
  readonly #painter: Port<ToPainter>;
  readonly #channel: MessageChannel = new MessageChannel();
  #settings: Settings | undefined;
  #runId = 0;
  #experiment: Experiment | undefined;
  /** Settings that came while training, to be taken up at the next turn. */
  #pending: { readonly settings: Settings; readonly runId: number } | undefined;
  #running = false;
  #scheduled = false;
  #reportInterval = 33;
  #reported = 0;
  /** How many steps are taken before the clock is looked at. */
  #chunk = 1;
  /** When and where the present speed began. */
  #since = { time: 0, steps: 0 };
  #rate = { time: 0, epoch: 0, value: 0 };
  /** The buffers for weights, when the painter is not using them. */
  #buffers: readonly Float32Array<ArrayBuffer>[] | undefined = [];
  #weightsPending = false;
  /** What it takes to train, once it has been loaded. */
  #learnerModule: LearnerModule | undefined;
  #loading: Promise<void> | undefined;

  constructor(page: Port<FromTrainer>, painter: Port<ToPainter>) {
    this.#page = page;
    this.#painter = painter;
    this.#channel.port1.onmessage = () => {
      this.#scheduled = false;
      this.#guard(() => this.#runSlice());
    };
  }

  /** Ends what would keep a process alive. */
  close(): void {
    this.#running = false;
    this.#channel.port1.close();
  }

  /** Takes a message of the page. */
  receive(message: ToTrainer): void {
    // What cannot be done yet keeps its place in the order of what was asked.
    const trains =
      message.type === 'preload' || message.type === 'run' || message.type === 'step' || message.type === 'back';
    if (!this.#learnerModule && (trains || this.#loading)) void this.#handleAfterLoading(message);
    else this.#guard(() => this.#handle(message));
  }

  async #handleAfterLoading(message: ToTrainer): Promise<void> {
    await (this.#loading ??= this.#load());
    if (this.#learnerModule) this.#guard(() => this.#handle(message));
  }

  /** Loads what it takes to train. */
  async #load(): Promise<void> {
    try {
      this.#learnerModule = await import('./learner.ts');
      this.#experiment?.attach(this.#learnerModule);
      this.#painter.postMessage({ type: 'preload' });
    } catch (error) {
      this.#loading = undefined;
      this.#reportError(error);
    }
  }

  /** Takes a message of the painter. */
  receiveFromPainter(message: FromPainter): void {
    if (message.type !== 'painted') return;
    this.#buffers = message.values;
    if (this.#weightsPending) this.#sendWeights();
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#reportError(error);
    }
  }

  #reportError(error: unknown): void {
    this.#running = false;
    this.#page.postMessage({ type: 'error', reason: error instanceof Error ? error.message : String(error) });
  }

  #handle(message: ToTrainer): void {
    switch (message.type) {
      case 'configure':
        // Other networks wait until they are told to run.
        if (message.runId !== (this.#pending?.runId ?? this.#runId)) this.#running = false;
        // Only the latest counts: a slider that is being drawn sends many.
        this.#pending = message;
        this.#schedule();
        return;
      case 'run':
        this.#running = message.running;
        this.#restartClock();
        if (this.#running) this.#schedule();
        else this.#report(false);
        return;
      case 'step':
        this.#running = false;
        this.#configure();
        this.#experiment?.step(message.stride);
        this.#report(false);
        return;
      case 'back':
        this.#running = false;
        this.#configure();
        if (this.#experiment?.stepBack(message.stride)) this.#report(true);
        else this.#page.postMessage({ type: 'atStart' });
        return;
      case 'reset':
        this.#running = false;
        this.#configure();
        if (this.#settings) this.#begin(this.#settings, this.#runId);
        return;
      case 'preload':
        return;
      case 'reportInterval':
        this.#reportInterval = message.milliseconds;
        return;
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#channel.port2.postMessage(undefined);
  }

  /** Takes up the settings that were asked for last. */
  #configure(): void {
    const asked = this.#pending;
    if (!asked) return;
    this.#pending = undefined;
    const { settings, runId } = asked;
    const before = this.#settings;
    if (!before || runId !== this.#runId) {
      this.#begin(settings, runId);
      return;
    }
    this.#settings = settings;
    if (JSON.stringify(settings.training) !== JSON.stringify(before.training)) {
      this.#experiment?.setTraining(settings);
      this.#restartClock();
    }
    if (settings.speed !== before.speed) this.#restartClock();
  }

  #begin(settings: Settings, runId: number): void {
    const experiment = new Experiment(settings);
    if (this.#learnerModule) experiment.attach(this.#learnerModule);
    this.#settings = settings;
    this.#runId = runId;
    this.#experiment = experiment;
    this.#chunk = 1;
    this.#restartClock();
    const points = pointsOf(experiment);
    this.#painter.postMessage({ type: 'experiment', settings, runId, points }, [points.x.buffer, points.y.buffer]);
    this.#report(true);
  }

  /** Trains until it is time to listen again. */
  #runSlice(): void {
    this.#configure();
    const experiment = this.#experiment;
    if (!this.#running || !experiment) return;
    const end = performance.now() + turn;
    let now = performance.now();
    for (let due = this.#stepsDue(now); due > 0 && now < end; due = this.#stepsDue(now)) {
      const steps = Math.min(this.#chunk, due);
      const began = now;
      experiment.advance(steps);
      now = performance.now();
      // So many that a quarter of the turn goes by, judged by those just taken, and no more than twice as many.
      const fitting = (steps * turn) / 4 / Math.max(now - began, 0.01);
      this.#chunk = Math.max(1, Math.floor(Math.min(fitting, 2 * steps)));
    }
    if (now - this.#reported >= this.#reportInterval) this.#report(false);
    if (!this.#running) return;
    if (this.#stepsDue(now) > 0) this.#schedule();
    else setTimeout(() => this.#schedule(), 4);
  }

  /** How many steps the speed asks for by now. */
  #stepsDue(now: number): number {
    const { settings, experiment } = { settings: this.#settings!, experiment: this.#experiment! };
    if (settings.speed === 'max') return Infinity;
    const asked = ((now - this.#since.time) / 1000) * Number(settings.speed) * experiment.stepsPerEpoch;
    const due = Math.floor(asked) - (experiment.steps - this.#since.steps);
    // What could not be kept up with is not made up for.
    if (due > 4 * experiment.stepsPerEpoch + Number(settings.speed) * experiment.stepsPerEpoch) this.#restartClock();
    return due;
  }

  #restartClock(): void {
    const now = performance.now();
    const steps = this.#experiment?.steps ?? 0;
    this.#since = { time: now, steps };
    this.#rate = { time: now, epoch: this.#epoch, value: 0 };
  }

  get #epoch(): number {
    const experiment = this.#experiment;
    return experiment ? experiment.steps / experiment.stepsPerEpoch : 0;
  }

  #report(restarted: boolean): void {
    const experiment = this.#experiment;
    if (!experiment) return;
    let metrics = experiment.evaluate();
    const divergence = experiment.checkDivergence(metrics);
    if (divergence) {
      this.#running = false;
      metrics = experiment.evaluate();
      this.#page.postMessage({ type: 'diverged', ...divergence, epoch: this.#epoch });
    } else experiment.saveSnapshot();
    const now = performance.now();
    this.#reported = now;
    if (now - this.#rate.time >= rateSpan) {
      const value = ((this.#epoch - this.#rate.epoch) / (now - this.#rate.time)) * 1000;
      this.#rate = { time: now, epoch: this.#epoch, value };
    }
    this.#page.postMessage({
      type: 'report',
      runId: this.#runId,
      report: { epoch: this.#epoch, metrics: metrics.map(networkMetrics) },
      restarted: restarted || divergence !== undefined,
      running: this.#running,
      rate: this.#rate.value,
    });
    this.#sendWeights();
  }

  /** Hands the weights to the painter; while it is painting they are owed to it. */
  #sendWeights(): void {
    const experiment = this.#experiment;
    const free = this.#buffers;
    this.#weightsPending = free === undefined;
    if (!experiment || !free) return;
    const values = experiment.sessions.map(({ network }, at) => {
      const parameters = Object.values(network.parameters);
      const size = parameters.reduce((sum, parameter) => sum + parameter.size, 0);
      const into = free[at]?.length === size ? free[at] : new Float32Array(size);
      let place = 0;
      for (const parameter of parameters) {
        into.set(parameter.data as Float32Array, place);
        place += parameter.size;
      }
      return into;
    });
    this.#buffers = undefined;
    this.#painter.postMessage(
      { type: 'weights', runId: this.#runId, values },
      values.map(({ buffer }) => buffer),
    );
  }
}

function networkMetrics({ train, test }: ReturnType<Experiment['evaluate']>[number]): NetworkMetrics {
  return { ...train, testLoss: test?.loss, testAccuracy: test?.accuracy };
}

function pointsOf({ drawn: { train, test } }: Experiment): Points {
  const joined = (of: (rows: Dataset) => { readonly data: ArrayLike<number> }): Float32Array<ArrayBuffer> =>
    Float32Array.from([...Array.from(of(train).data), ...(test ? Array.from(of(test).data) : [])]);
  return { x: joined(({ x }) => x), y: joined(({ y }) => y), trained: train.x.shape[0]! };
}
