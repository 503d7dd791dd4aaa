import type { LearnerModule } from '../engine/learner-module.ts';
import type { Port } from '../engine/trainer.ts';
import type { FromPainter, Appearance, NeuronId, ToPainter } from '../protocol.ts';
import type { NetworkScene } from '../scene/network-scene.ts';
import { dataFacts } from '../state/data-kinds.ts';
import type { DrawDecisionBoundaries } from './decision-boundaries.ts';
import { domainOf } from './domain.ts';
import { NetworkPainter } from './network.ts';
import { OutputPainter } from './output.ts';
import { NetworkEvaluator } from './network-evaluator.ts';
import { paintThumbnail } from './thumbnail.ts';

type Message<Type extends ToPainter['type']> = Extract<ToPainter, { readonly type: Type }>;

/** The canvases of one network and their sizes. */
interface NetworkCanvases {
  output?: OutputPainter;
  network?: NetworkPainter;
  size?: number;
  scene?: NetworkScene;
}

/** Interval between reports on the inspected neuron, in milliseconds. */
const valuesEvery = 100;

/** The painter worker. If weights arrive faster than it paints, it paints only the latest. */
export class Painter {
  readonly #page: Port<FromPainter>;
  readonly #trainer: Port<FromPainter>;
  readonly #networks: Map<number, NetworkCanvases> = new Map();
  readonly #thumbnails: Map<number, OffscreenCanvas> = new Map();
  #appearance: Appearance = { dark: false, ratio: 1 };
  #experiment: Message<'experiment'> | undefined;
  #evaluators: readonly NetworkEvaluator[] = [];
  #hasWeights = false;
  #learnerModule: LearnerModule | undefined;
  #drawDecisionBoundaries: DrawDecisionBoundaries | undefined;
  #inspected: NeuronId | undefined;
  #pendingWeights: Message<'weights'> | undefined;
  #requested = false;
  #frames = 0;
  #reportedAt = 0;

  constructor(page: Port<FromPainter>, trainer: Port<FromPainter>) {
    this.#page = page;
    this.#trainer = trainer;
  }

  receive(message: ToPainter): void {
    switch (message.type) {
      case 'experiment':
        this.#setExperiment(message);
        break;
      case 'weights':
        this.#pendingWeights = message;
        break;
      case 'canvas':
        this.#addCanvas(message);
        break;
      case 'preload':
        void this.#preload();
        break;
      case 'scene':
        this.#networkAt(message.network).scene = message.scene;
        this.#fit();
        break;
      case 'size':
        this.#networkAt(message.network).size = message.size;
        this.#fit();
        break;
      case 'appearance':
        this.#appearance = message.appearance;
        for (const [at, canvas] of this.#thumbnails) paintThumbnail(canvas, at, this.#appearance);
        this.#fit();
        break;
      case 'inspect':
        this.#inspected = message.neuron;
        this.#reportedAt = 0;
        break;
    }
    this.#request();
  }

  /** Loads the compiler and the contour code. Before that, painting is slower and shows no decision boundaries. */
  async #preload(): Promise<void> {
    const [learnerModule, { drawDecisionBoundaries }] = await Promise.all([
      import('../engine/learner.ts'),
      import('./decision-boundaries.ts'),
    ]);
    this.#learnerModule = learnerModule;
    this.#drawDecisionBoundaries = drawDecisionBoundaries;
    for (const evaluator of this.#evaluators) evaluator.attach(learnerModule);
    this.#request();
  }

  #setExperiment(message: Message<'experiment'>): void {
    const { data, networks } = message.settings;
    const domain = domainOf(message.points, dataFacts[data.kind].inputs);
    this.#experiment = message;
    this.#evaluators = networks.map((network) => new NetworkEvaluator(data, network, domain));
    if (this.#learnerModule) for (const evaluator of this.#evaluators) evaluator.attach(this.#learnerModule);
    this.#hasWeights = false;
    for (const { output } of this.#networks.values()) output?.forget();
  }

  #addCanvas({ place: { kind, network }, canvas }: Message<'canvas'>): void {
    if (kind === 'thumbnail') {
      this.#thumbnails.set(network, canvas);
      paintThumbnail(canvas, network, this.#appearance);
      return;
    }
    const place = this.#networkAt(network);
    if (kind === 'output') place.output = new OutputPainter(canvas);
    else place.network = new NetworkPainter(canvas);
    this.#fit();
  }

  #networkAt(network: number): NetworkCanvases {
    const known = this.#networks.get(network);
    if (known) return known;
    const place: NetworkCanvases = {};
    this.#networks.set(network, place);
    return place;
  }

  #fit(): void {
    for (const { output, network, size, scene } of this.#networks.values()) {
      if (size !== undefined) output?.fit(size, this.#appearance);
      if (scene) network?.fit(scene, this.#appearance);
    }
  }

  #request(): void {
    if (this.#requested) return;
    this.#requested = true;
    requestAnimationFrame(() => {
      this.#requested = false;
      this.#paint();
    });
  }

  #paint(): void {
    const held = this.#pendingWeights;
    this.#pendingWeights = undefined;
    const subject = this.#experiment;
    if (held && held.runId === subject?.runId) {
      for (const [at, values] of held.values.entries())
        this.#hasWeights = this.#evaluators[at]?.setWeights(values) ?? false;
    }
    if (subject && this.#hasWeights) {
      const { data, networks } = subject.settings;
      const domain = domainOf(subject.points, dataFacts[data.kind].inputs);
      for (const [at, evaluator] of this.#evaluators.entries()) {
        const { output, network } = this.#networkAt(at);
        const inspected = this.#inspected?.network === at ? this.#inspected : undefined;
        output?.paint(evaluator, {
          data,
          points: subject.points,
          domain,
          inspected,
          drawDecisionBoundaries: this.#drawDecisionBoundaries,
        });
        network?.paint(evaluator, { data, settings: networks[at]!, domain, inspected });
      }
      this.#frames++;
      this.#reportValues();
    }
    if (held) {
      this.#trainer.postMessage(
        { type: 'painted', values: held.values },
        held.values.map(({ buffer }) => buffer),
      );
    }
  }

  #reportValues(): void {
    const now = performance.now();
    if (now - this.#reportedAt < valuesEvery) return;
    this.#reportedAt = now;
    this.#page.postMessage({ type: 'frames', count: this.#frames });
    const place = this.#inspected;
    const values = place && this.#evaluators[place.network]?.values(place);
    if (values) this.#page.postMessage({ type: 'neuron', values }, [values.weights.buffer]);
  }
}
