import type { Dataset } from '@nn/datasets';
import type { FromPainter, FromTrainer, NetworkScore, Points, ToPainter, ToTrainer } from '../protocol.ts';
import type { Settings } from '../state/schema.ts';
import { Experiment } from './experiment.ts';
import type { Kit } from './kit.ts';

/** A line to someone else. */
export interface Line<Message> {
  postMessage(message: Message, transfer?: Transferable[]): void;
}

/** So long the trainer works before it listens again, in milliseconds. */
const turn = 8;
/** The rate of epochs is taken over so long, in milliseconds. */
const rateSpan = 500;

/** Trains what it is told to, reports to the page, and keeps the painter supplied with weights. */
export class Trainer {
  readonly #page: Line<FromTrainer>;
  readonly #painter: Line<ToPainter>;
  readonly #again: MessageChannel = new MessageChannel();
  #settings: Settings | undefined;
  #edition = 0;
  #experiment: Experiment | undefined;
  /** Settings that came while training, to be taken up at the next turn. */
  #asked: { readonly settings: Settings; readonly edition: number } | undefined;
  #running = false;
  #scheduled = false;
  #pace = 33;
  #reported = 0;
  /** How many steps are taken before the clock is looked at. */
  #chunk = 1;
  /** When and where the present speed began. */
  #since = { time: 0, steps: 0 };
  #rate = { time: 0, epoch: 0, value: 0 };
  /** The buffers for weights, when the painter is not using them. */
  #buffers: readonly Float32Array<ArrayBuffer>[] | undefined = [];
  #owed = false;
  /** What it takes to train, once it has been loaded. */
  #kit: Kit | undefined;
  #loading: Promise<void> | undefined;

  constructor(page: Line<FromTrainer>, painter: Line<ToPainter>) {
    this.#page = page;
    this.#painter = painter;
    this.#again.port1.onmessage = () => {
      this.#scheduled = false;
      this.#guarded(() => this.#turn());
    };
  }

  /** Ends what would keep a process alive. */
  close(): void {
    this.#running = false;
    this.#again.port1.close();
  }

  /** Takes a message of the page. */
  hear(message: ToTrainer): void {
    // What cannot be done yet keeps its place in the order of what was asked.
    const trains =
      message.type === 'warm' || message.type === 'run' || message.type === 'step' || message.type === 'back';
    if (!this.#kit && (trains || this.#loading)) void this.#obeyLater(message);
    else this.#guarded(() => this.#obey(message));
  }

  async #obeyLater(message: ToTrainer): Promise<void> {
    await (this.#loading ??= this.#load());
    if (this.#kit) this.#guarded(() => this.#obey(message));
  }

  /** Loads what it takes to train. */
  async #load(): Promise<void> {
    try {
      this.#kit = await import('./learner.ts');
      this.#experiment?.equip(this.#kit);
      this.#painter.postMessage({ type: 'warm' });
    } catch (error) {
      this.#loading = undefined;
      this.#refuse(error);
    }
  }

  /** Takes a message of the painter. */
  hearPainter(message: FromPainter): void {
    if (message.type !== 'painted') return;
    this.#buffers = message.values;
    if (this.#owed) this.#sendWeights();
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#refuse(error);
    }
  }

  #refuse(error: unknown): void {
    this.#running = false;
    this.#page.postMessage({ type: 'refused', reason: error instanceof Error ? error.message : String(error) });
  }

  #obey(message: ToTrainer): void {
    switch (message.type) {
      case 'configure':
        // Other networks wait until they are told to run.
        if (message.edition !== (this.#asked?.edition ?? this.#edition)) this.#running = false;
        // Only the latest counts: a slider that is being drawn sends many.
        this.#asked = message;
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
        this.#experiment?.stride(message.stride);
        this.#report(false);
        return;
      case 'back':
        this.#running = false;
        this.#configure();
        if (this.#experiment?.back(message.stride)) this.#report(true);
        else this.#page.postMessage({ type: 'atStart' });
        return;
      case 'reset':
        this.#running = false;
        this.#configure();
        if (this.#settings) this.#begin(this.#settings, this.#edition);
        return;
      case 'warm':
        return;
      case 'pace':
        this.#pace = message.milliseconds;
        return;
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#again.port2.postMessage(undefined);
  }

  /** Takes up the settings that were asked for last. */
  #configure(): void {
    const asked = this.#asked;
    if (!asked) return;
    this.#asked = undefined;
    const { settings, edition } = asked;
    const before = this.#settings;
    if (!before || edition !== this.#edition) {
      this.#begin(settings, edition);
      return;
    }
    this.#settings = settings;
    if (JSON.stringify(settings.training) !== JSON.stringify(before.training)) {
      this.#experiment?.retrain(settings);
      this.#restartClock();
    }
    if (settings.speed !== before.speed) this.#restartClock();
  }

  #begin(settings: Settings, edition: number): void {
    const experiment = new Experiment(settings);
    if (this.#kit) experiment.equip(this.#kit);
    this.#settings = settings;
    this.#edition = edition;
    this.#experiment = experiment;
    this.#chunk = 1;
    this.#restartClock();
    const points = pointsOf(experiment);
    this.#painter.postMessage({ type: 'subject', settings, edition, points }, [points.x.buffer, points.y.buffer]);
    this.#report(true);
  }

  /** Trains until it is time to listen again. */
  #turn(): void {
    this.#configure();
    const experiment = this.#experiment;
    if (!this.#running || !experiment) return;
    const end = performance.now() + turn;
    let now = performance.now();
    for (let due = this.#due(now); due > 0 && now < end; due = this.#due(now)) {
      const steps = Math.min(this.#chunk, due);
      const began = now;
      experiment.advance(steps);
      now = performance.now();
      // So many that a quarter of the turn goes by, judged by those just taken, and no more than twice as many.
      const fitting = (steps * turn) / 4 / Math.max(now - began, 0.01);
      this.#chunk = Math.max(1, Math.floor(Math.min(fitting, 2 * steps)));
    }
    if (now - this.#reported >= this.#pace) this.#report(false);
    if (!this.#running) return;
    if (this.#due(now) > 0) this.#schedule();
    else setTimeout(() => this.#schedule(), 4);
  }

  /** How many steps the speed asks for by now. */
  #due(now: number): number {
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
    let scores = experiment.scores();
    const broken = experiment.breakdown(scores);
    if (broken) {
      this.#running = false;
      scores = experiment.scores();
      this.#page.postMessage({ type: 'broke', ...broken, epoch: this.#epoch });
    } else experiment.keep();
    const now = performance.now();
    this.#reported = now;
    if (now - this.#rate.time >= rateSpan) {
      const value = ((this.#epoch - this.#rate.epoch) / (now - this.#rate.time)) * 1000;
      this.#rate = { time: now, epoch: this.#epoch, value };
    }
    this.#page.postMessage({
      type: 'report',
      edition: this.#edition,
      report: { epoch: this.#epoch, scores: scores.map(scoreOf) },
      restarted: restarted || broken !== undefined,
      running: this.#running,
      rate: this.#rate.value,
    });
    this.#sendWeights();
  }

  /** Hands the weights to the painter; while it is painting they are owed to it. */
  #sendWeights(): void {
    const experiment = this.#experiment;
    const free = this.#buffers;
    this.#owed = free === undefined;
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
      { type: 'weights', edition: this.#edition, values },
      values.map(({ buffer }) => buffer),
    );
  }
}

function scoreOf({ train, test }: ReturnType<Experiment['scores']>[number]): NetworkScore {
  return { ...train, testLoss: test?.loss, testAccuracy: test?.accuracy };
}

function pointsOf({ drawn: { train, test } }: Experiment): Points {
  const joined = (of: (rows: Dataset) => { readonly data: ArrayLike<number> }): Float32Array<ArrayBuffer> =>
    Float32Array.from([...Array.from(of(train).data), ...(test ? Array.from(of(test).data) : [])]);
  return { x: joined(({ x }) => x), y: joined(({ y }) => y), trained: train.x.shape[0]! };
}
