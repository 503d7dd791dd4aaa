import type { Random, Tensor } from '@nn/tensor';
import type { Initializer } from '@nn/layers';

/** Rows and their labels. */
export interface Labelled {
  /** float32, shape [N, inputs] */
  readonly x: Tensor;
  /** int32, shape [N] */
  readonly y: Tensor;
}

/** What a task trains on, and what it is judged by. */
export interface Prepared {
  readonly train: Labelled;
  readonly test: Labelled;
  readonly inputs: number;
  readonly classes: number;
}

/** Something to train on from the command line. */
export interface Task {
  readonly name: string;
  /** One line for `nn train --help`. */
  readonly summary: string;
  /** What the test data is, for the report: `second draw`, `held back`. */
  readonly testName: string;
  readonly defaults: {
    readonly epochs: number;
    /** Neurons of each hidden layer. */
    readonly neurons: readonly number[];
    readonly learningRate: number;
    readonly decay: number;
    /** Rows per step; undefined means all rows in one step. */
    readonly batch?: number;
  };
  /** How weights start; undefined means the notebook's 0.01 · randn. */
  readonly weight?: Initializer;
  /** Is the input a point in the plane, so that its decision regions can be drawn? */
  readonly planar: boolean;
  prepare(random: Random): Prepared;
}
