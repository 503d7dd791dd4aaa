import type { Dataset } from '@nn/datasets';
import type { FromPainter, FromTrainer, NetworkMetrics, Points, ToPainter, ToTrainer } from '../protocol.ts';
import type { Settings } from '../state/schema.ts';
import { Experiment } from './experiment.ts';
import type { LearnerModule } from './learner-module.ts';

/** Something that messages can be posted to. */
export interface Port<Message> {
  postMessage(message: Message, transfer?: Transferable[]): void;
}

/** Duration of one time slice of training, in milliseconds. Between slices the trainer handles messages. */
const sliceDuration = 8;
/** The window for measuring epochs per second, in milliseconds. */
const rateSpan = 500;

/** The trainer worker: trains an experiment, reports to the page and sends weights to the painter. */
export class Trainer {
  readonly #page: Port<FromTrainer>;
  readonly #painter: Port<ToPainter>;
  readonly #channel: MessageChannel = new MessageChannel();
  #settings: Settings | undefined;
  #runId = 0;
  #experiment: Experiment | undefined;
  /** New settings that the next time slice applies. */
  #pending: { readonly settings: Settings; readonly runId: number } | undefined;
  #running = false;
  #scheduled = false;
  #reportInterval = 33;
  #reported = 0;
  /** The number of steps between two readings of the clock. */
  #chunk = 1;
  /** Time and step count at which the current speed started. */
  #since = { time: 0, steps: 0 };
  #rate = { time: 0, epoch: 0, value: 0 };
  /** The buffers for weights; undefined while the painter has them. */
  #buffers: readonly Float32Array<ArrayBuffer>[] | undefined = [];
  #weightsPending = false;
  /** The training code, once it is loaded. */
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

  /** Stops training and closes the message channel. */
  close(): void {
    this.#running = false;
    this.#channel.port1.close();
  }

  /** Handles a message of the page. */
  receive(message: ToTrainer): void {
    // Messages that arrive before the training code is loaded are handled later, in order.
    const trains =
      message.type === 'preload' || message.type === 'run' || message.type === 'step' || message.type === 'back';
    if (!this.#learnerModule && (trains || this.#loading)) void this.#handleAfterLoading(message);
    else this.#guard(() => this.#handle(message));
  }

  async #handleAfterLoading(message: ToTrainer): Promise<void> {
    await (this.#loading ??= this.#load());
    if (this.#learnerModule) this.#guard(() => this.#handle(message));
  }

  /** Loads the training code. */
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

  /** Handles a message of the painter. */
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
        // A new run starts paused.
        if (message.runId !== (this.#pending?.runId ?? this.#runId)) this.#running = false;
        // Only the latest settings are applied: dragging a slider sends many.
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
        if (this.#settings) this.#start(this.#settings, this.#runId);
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

  /** Applies the pending settings. */
  #configure(): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = undefined;
    const { settings, runId } = pending;
    const before = this.#settings;
    if (!before || runId !== this.#runId) {
      this.#start(settings, runId);
      return;
    }
    this.#settings = settings;
    if (JSON.stringify(settings.training) !== JSON.stringify(before.training)) {
      this.#experiment?.setTraining(settings);
      this.#restartClock();
    }
    if (settings.speed !== before.speed) this.#restartClock();
  }

  #start(settings: Settings, runId: number): void {
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

  /** Trains for one time slice. */
  #runSlice(): void {
    this.#configure();
    const experiment = this.#experiment;
    if (!this.#running || !experiment) return;
    const end = performance.now() + sliceDuration;
    let now = performance.now();
    for (let due = this.#stepsDue(now); due > 0 && now < end; due = this.#stepsDue(now)) {
      const steps = Math.min(this.#chunk, due);
      const began = now;
      experiment.advance(steps);
      now = performance.now();
      // The next chunk should take a quarter of a time slice, and has at most twice as many steps as this one.
      const fitting = (steps * sliceDuration) / 4 / Math.max(now - began, 0.01);
      this.#chunk = Math.max(1, Math.floor(Math.min(fitting, 2 * steps)));
    }
    if (now - this.#reported >= this.#reportInterval) this.#report(false);
    if (!this.#running) return;
    if (this.#stepsDue(now) > 0) this.#schedule();
    else setTimeout(() => this.#schedule(), 4);
  }

  /** The number of steps that the chosen speed requires by now. */
  #stepsDue(now: number): number {
    const { settings, experiment } = { settings: this.#settings!, experiment: this.#experiment! };
    if (settings.speed === 'max') return Infinity;
    const required = ((now - this.#since.time) / 1000) * Number(settings.speed) * experiment.stepsPerEpoch;
    const due = Math.floor(required) - (experiment.steps - this.#since.steps);
    // If training is too slow for the chosen speed, the backlog is dropped.
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

  /** Transfers the weights to the painter. If it still has the buffers, they are sent when it returns them. */
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
