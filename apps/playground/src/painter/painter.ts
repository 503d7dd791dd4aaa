import type { Kit } from '../engine/kit.ts';
import type { Line } from '../engine/trainer.ts';
import type { FromPainter, Look, NeuronPlace, ToPainter } from '../protocol.ts';
import type { NetworkScene } from '../scene/network-scene.ts';
import { dataFacts } from '../state/data-kinds.ts';
import type { DrawBorders } from './borders.ts';
import { domainOf } from './domain.ts';
import { NetworkPainter } from './network.ts';
import { OutputPainter } from './output.ts';
import { Portrait } from './portrait.ts';
import { paintSample } from './samples.ts';

type Message<Type extends ToPainter['type']> = Extract<ToPainter, { readonly type: Type }>;

/** What the page has said of one network: where to draw it, and how large. */
interface Place {
  output?: OutputPainter;
  network?: NetworkPainter;
  size?: number;
  scene?: NetworkScene;
}

/** How often the values of the inspected neuron are told, in milliseconds. */
const valuesEvery = 100;

/** Draws what it is told to. Of weights that come faster than it paints only the latest are painted. */
export class Painter {
  readonly #page: Line<FromPainter>;
  readonly #trainer: Line<FromPainter>;
  readonly #places: Map<number, Place> = new Map();
  readonly #samples: Map<number, OffscreenCanvas> = new Map();
  #look: Look = { dark: false, ratio: 1 };
  #subject: Message<'subject'> | undefined;
  #portraits: readonly Portrait[] = [];
  #drawn = false;
  #kit: Kit | undefined;
  #drawBorders: DrawBorders | undefined;
  #inspected: NeuronPlace | undefined;
  #held: Message<'weights'> | undefined;
  #requested = false;
  #frames = 0;
  #told = 0;

  constructor(page: Line<FromPainter>, trainer: Line<FromPainter>) {
    this.#page = page;
    this.#trainer = trainer;
  }

  hear(message: ToPainter): void {
    switch (message.type) {
      case 'subject':
        this.#take(message);
        break;
      case 'weights':
        this.#held = message;
        break;
      case 'canvas':
        this.#takeCanvas(message);
        break;
      case 'warm':
        void this.#warm();
        break;
      case 'scene':
        this.#place(message.network).scene = message.scene;
        this.#fit();
        break;
      case 'size':
        this.#place(message.network).size = message.size;
        this.#fit();
        break;
      case 'look':
        this.#look = message.look;
        for (const [at, canvas] of this.#samples) paintSample(canvas, at, this.#look);
        this.#fit();
        break;
      case 'inspect':
        this.#inspected = message.neuron;
        this.#told = 0;
        break;
    }
    this.#request();
  }

  /** Without it pictures come slowly and have no borders, but they come. */
  async #warm(): Promise<void> {
    const [kit, { drawBorders }] = await Promise.all([import('../engine/learner.ts'), import('./borders.ts')]);
    this.#kit = kit;
    this.#drawBorders = drawBorders;
    for (const portrait of this.#portraits) portrait.equip(kit);
    this.#request();
  }

  #take(message: Message<'subject'>): void {
    const { data, networks } = message.settings;
    const domain = domainOf(message.points, dataFacts[data.kind].inputs);
    this.#subject = message;
    this.#portraits = networks.map((network) => new Portrait(data, network, domain));
    if (this.#kit) for (const portrait of this.#portraits) portrait.equip(this.#kit);
    this.#drawn = false;
    for (const { output } of this.#places.values()) output?.forget();
  }

  #takeCanvas({ place: { kind, network }, canvas }: Message<'canvas'>): void {
    if (kind === 'samples') {
      this.#samples.set(network, canvas);
      paintSample(canvas, network, this.#look);
      return;
    }
    const place = this.#place(network);
    if (kind === 'output') place.output = new OutputPainter(canvas);
    else place.network = new NetworkPainter(canvas);
    this.#fit();
  }

  #place(network: number): Place {
    const known = this.#places.get(network);
    if (known) return known;
    const place: Place = {};
    this.#places.set(network, place);
    return place;
  }

  #fit(): void {
    for (const { output, network, size, scene } of this.#places.values()) {
      if (size !== undefined) output?.fit(size, this.#look);
      if (scene) network?.fit(scene, this.#look);
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
    const held = this.#held;
    this.#held = undefined;
    const subject = this.#subject;
    if (held && held.edition === subject?.edition) {
      for (const [at, values] of held.values.entries()) this.#drawn = this.#portraits[at]?.take(values) ?? false;
    }
    if (subject && this.#drawn) {
      const { data, networks } = subject.settings;
      const domain = domainOf(subject.points, dataFacts[data.kind].inputs);
      for (const [at, portrait] of this.#portraits.entries()) {
        const { output, network } = this.#place(at);
        const inspected = this.#inspected?.network === at ? this.#inspected : undefined;
        output?.paint(portrait, { data, points: subject.points, domain, inspected, drawBorders: this.#drawBorders });
        network?.paint(portrait, { data, settings: networks[at]!, domain, inspected });
      }
      this.#frames++;
      this.#tellValues();
    }
    if (held) {
      this.#trainer.postMessage(
        { type: 'painted', values: held.values },
        held.values.map(({ buffer }) => buffer),
      );
    }
  }

  #tellValues(): void {
    const now = performance.now();
    if (now - this.#told < valuesEvery) return;
    this.#told = now;
    this.#page.postMessage({ type: 'frames', count: this.#frames });
    const place = this.#inspected;
    const values = place && this.#portraits[place.network]?.values(place);
    if (values) this.#page.postMessage({ type: 'neuron', values }, [values.weights.buffer]);
  }
}
