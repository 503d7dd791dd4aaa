import type { NetworkScene } from './scene/network-scene.ts';
import type { Settings, Stride } from './state/schema.ts';

/**
 * The messages between the page, the trainer worker and the painter worker. The first message carries the protocol version, so
 * that a page detects a cached worker of another build.
 *
 *   page ── ToTrainer ──▶ trainer ── ToPainter (weights) ──▶ painter ◀── ToPainter (what to show) ── page
 *        ◀─ FromTrainer ──        ◀── FromPainter (buffers) ──        ── FromPainter (a neuron) ──▶
 *
 * Arrays are transferred, not copied. The painter returns the buffers of the weights after painting.
 */
export const protocolVersion = 1;

/** The first message to a worker: its role and its port to the other worker. */
export interface Hello {
  readonly type: 'hello';
  readonly version: number;
  readonly role: 'trainer' | 'painter';
  readonly line: MessagePort;
}

/** Messages of the page to the trainer. */
export type ToTrainer =
  /** New settings. Every change that restarts training increments `runId`. */
  | { readonly type: 'configure'; readonly settings: Settings; readonly runId: number }
  | { readonly type: 'run'; readonly running: boolean }
  | { readonly type: 'step'; readonly stride: Stride }
  | { readonly type: 'back'; readonly stride: Stride }
  /** Restart with the same seeds. */
  | { readonly type: 'reset' }
  /** Load the training code. */
  | { readonly type: 'preload' }
  /** Interval between reports, in milliseconds; longer under `prefers-reduced-motion`. */
  | { readonly type: 'reportInterval'; readonly milliseconds: number };

/** The metrics of all networks at an epoch. */
export interface Report {
  readonly epoch: number;
  readonly metrics: readonly NetworkMetrics[];
}

export interface NetworkMetrics {
  readonly loss: number;
  readonly accuracy: number;
  /** On the test data, if there is a test split. */
  readonly testLoss: number | undefined;
  readonly testAccuracy: number | undefined;
}

/** Messages of the trainer to the page. */
export type FromTrainer =
  | { readonly type: 'hello'; readonly version: number }
  /** The current metrics. `restarted`: earlier reports from this epoch on are obsolete. */
  | {
      readonly type: 'report';
      readonly runId: number;
      readonly report: Report;
      readonly restarted: boolean;
      readonly running: boolean;
      /** Recent epochs per second. */
      readonly rate: number;
    }
  /** A network became non-finite. Training is paused at the last snapshot with finite values. */
  | {
      readonly type: 'diverged';
      readonly network: number;
      readonly layer: number;
      readonly layers: number;
      readonly epoch: number;
    }
  /** There is no earlier snapshot. */
  | { readonly type: 'atStart' }
  /** A request failed. */
  | { readonly type: 'error'; readonly reason: string };

/** The points of a data set. */
export interface Points {
  /** Inputs, row by row. */
  readonly x: Float32Array<ArrayBuffer>;
  /** Class indices, or regression targets. */
  readonly y: Float32Array<ArrayBuffer>;
  /** The number of training rows. The rows after them are test data. */
  readonly trained: number;
}

/** Colour scheme and resolution of drawings. */
export interface Appearance {
  readonly dark: boolean;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** One neuron of one network. Layers count from 0 after the inputs. */
export interface NeuronId {
  readonly network: number;
  readonly layer: number;
  readonly neuron: number;
}

/** Messages of the page and the trainer to the painter. */
export type ToPainter =
  /** From the trainer: new networks or new data. The weights follow. */
  | { readonly type: 'experiment'; readonly settings: Settings; readonly runId: number; readonly points: Points }
  /** From the trainer: the parameters of each network as one flat array. */
  | { readonly type: 'weights'; readonly runId: number; readonly values: readonly Float32Array<ArrayBuffer>[] }
  /** From the trainer: the training code is loaded, so the painter can load it too. */
  | { readonly type: 'preload' }
  /** From the page: a new canvas to draw on. */
  | { readonly type: 'canvas'; readonly place: CanvasId; readonly canvas: OffscreenCanvas }
  /** From the page: the layout of a network. */
  | { readonly type: 'scene'; readonly network: number; readonly scene: NetworkScene }
  /** From the page: the size of an output picture, in CSS pixels. */
  | { readonly type: 'size'; readonly network: number; readonly size: number }
  | { readonly type: 'appearance'; readonly appearance: Appearance }
  /** From the page: the inspected neuron, or none. */
  | { readonly type: 'inspect'; readonly neuron: NeuronId | undefined };

/** A canvas of the page: an output picture, a network drawing, or the thumbnail of a data set. */
export interface CanvasId {
  readonly kind: 'output' | 'network' | 'thumbnail';
  /** Index of the network, or of the data set for thumbnails. */
  readonly network: number;
}

/** The current bias and weights of a neuron. */
export interface NeuronValues extends NeuronId {
  readonly bias: number;
  readonly weights: Float32Array<ArrayBuffer>;
}

/** Messages of the painter. */
export type FromPainter =
  | { readonly type: 'hello'; readonly version: number }
  /** To the trainer: returns the buffers and asks for the next weights. */
  | { readonly type: 'painted'; readonly values: readonly Float32Array<ArrayBuffer>[] }
  /** To the page: bias and weights of the inspected neuron. */
  | { readonly type: 'neuron'; readonly values: NeuronValues }
  /** To the page: the number of painted frames. */
  | { readonly type: 'frames'; readonly count: number };
