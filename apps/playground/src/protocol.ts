import type { NetworkScene } from './scene/network-scene.ts';
import type { Settings, Stride } from './state/schema.ts';

/**
 * What the page, the trainer and the painter say to each other. All three come from one build; still each begins by
 * naming the version that it speaks, so that a page and a cached worker of another day do not misunderstand each other.
 *
 *   page ── ToTrainer ──▶ trainer ── ToPainter (weights) ──▶ painter ◀── ToPainter (what to show) ── page
 *        ◀─ FromTrainer ──        ◀── FromPainter (buffers) ──        ── FromPainter (a neuron) ──▶
 *
 * Arrays of numbers are transferred, never copied; the buffer of the weights goes to the painter and comes back.
 */
export const protocolVersion = 1;

/** The first message to a worker: which of the two it is to be, and its line to the other one. */
export interface Hello {
  readonly type: 'hello';
  readonly version: number;
  readonly role: 'trainer' | 'painter';
  readonly line: MessagePort;
}

/** What the page asks of the trainer. */
export type ToTrainer =
  /** Train these; `runId` is counted up at every change that starts anew. */
  | { readonly type: 'configure'; readonly settings: Settings; readonly runId: number }
  | { readonly type: 'run'; readonly running: boolean }
  | { readonly type: 'step'; readonly stride: Stride }
  | { readonly type: 'back'; readonly stride: Stride }
  /** Start anew from the same seeds. */
  | { readonly type: 'reset' }
  /** Somebody is about to do something: load what it takes to train. */
  | { readonly type: 'preload' }
  /** How often to report, in milliseconds: less often where motion is unwelcome. */
  | { readonly type: 'reportInterval'; readonly milliseconds: number };

/** How well the networks did at a moment. */
export interface Report {
  readonly epoch: number;
  readonly metrics: readonly NetworkMetrics[];
}

export interface NetworkMetrics {
  readonly loss: number;
  readonly accuracy: number;
  /** On the rows that were held back, if there are any. */
  readonly testLoss: number | undefined;
  readonly testAccuracy: number | undefined;
}

/** What the trainer tells the page. */
export type FromTrainer =
  | { readonly type: 'hello'; readonly version: number }
  /** Where training stands; `restarted` when what was reported before is void from this epoch on. */
  | {
      readonly type: 'report';
      readonly runId: number;
      readonly report: Report;
      readonly restarted: boolean;
      readonly running: boolean;
      /** Epochs per second lately. */
      readonly rate: number;
    }
  /** A network lost its numbers; training has paused at the last moment that was sound. */
  | {
      readonly type: 'diverged';
      readonly network: number;
      readonly layer: number;
      readonly layers: number;
      readonly epoch: number;
    }
  /** Nothing so early is kept any more. */
  | { readonly type: 'atStart' }
  /** What was asked for could not be done. */
  | { readonly type: 'error'; readonly reason: string };

/** The points of a data set. */
export interface Points {
  /** Inputs row by row, then the answers. */
  readonly x: Float32Array<ArrayBuffer>;
  /** Class indices, or quantities. */
  readonly y: Float32Array<ArrayBuffer>;
  /** The rows from here on are held back. */
  readonly trained: number;
}

/** How things are drawn. */
export interface Appearance {
  readonly dark: boolean;
  /** Points of the screen per CSS pixel. */
  readonly ratio: number;
}

/** One neuron of one network; layers count from 0, the last one is the output. */
export interface NeuronId {
  readonly network: number;
  readonly layer: number;
  readonly neuron: number;
}

/** What the painter is told, by the page and by the trainer. */
export type ToPainter =
  /** From the trainer: other networks or other points; the weights follow. */
  | { readonly type: 'experiment'; readonly settings: Settings; readonly runId: number; readonly points: Points }
  /** From the trainer: the weights of a network, one after another. */
  | { readonly type: 'weights'; readonly runId: number; readonly values: readonly Float32Array<ArrayBuffer>[] }
  /** From the trainer: what makes pictures fast has been loaded. */
  | { readonly type: 'preload' }
  /** From the page: where to draw. Sent when a canvas appears. */
  | { readonly type: 'canvas'; readonly place: CanvasId; readonly canvas: OffscreenCanvas }
  /** From the page: how large a network's canvas is and where its neurons lie. */
  | { readonly type: 'scene'; readonly network: number; readonly scene: NetworkScene }
  /** From the page: how large the pictures of the outputs are, in CSS pixels. */
  | { readonly type: 'size'; readonly network: number; readonly size: number }
  | { readonly type: 'appearance'; readonly appearance: Appearance }
  /** From the page: the neuron to be shown large, or none. */
  | { readonly type: 'inspect'; readonly neuron: NeuronId | undefined };

/** A canvas of the page: the picture of an output, the drawing of a network, or the sample of a data set. */
export interface CanvasId {
  readonly kind: 'output' | 'network' | 'samples';
  /** Which network; 0 for samples. */
  readonly network: number;
}

/** What a neuron computes with at a moment. */
export interface NeuronValues extends NeuronId {
  readonly bias: number;
  readonly weights: Float32Array<ArrayBuffer>;
}

/** What the painter says: buffers back to the trainer, values to the page. */
export type FromPainter =
  | { readonly type: 'hello'; readonly version: number }
  /** To the trainer: ready for the next weights; here are the buffers of the last. */
  | { readonly type: 'painted'; readonly values: readonly Float32Array<ArrayBuffer>[] }
  /** To the page: the neuron that is inspected. */
  | { readonly type: 'neuron'; readonly values: NeuronValues }
  /** To the page: how many pictures have been painted so far. */
  | { readonly type: 'frames'; readonly count: number };
