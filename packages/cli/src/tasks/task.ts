import type { Random, Tensor } from '@nn/tensor';
import type { Initializer } from '@nn/layers';

/** Rows and their labels. */
export interface LabelledData {
  /** float32, shape [N, inputs] */
  readonly x: Tensor;
  /** class indices, int32, shape [N] */
  readonly y: Tensor;
}

/** The data of a task, ready for training and evaluation. */
export interface Prepared {
  readonly train: LabelledData;
  readonly test: LabelledData;
  readonly inputs: number;
  readonly classes: number;
}

/** A problem that `nn train` can train a network on. */
export interface Task {
  readonly name: string;
  /** One line for `nn train --help`. */
  readonly summary: string;
  /** Where the test data come from, for the report: `fresh sample`, `held out`. */
  readonly testSource: string;
  readonly defaults: {
    readonly epochs: number;
    /** Neurons of each hidden layer. */
    readonly neurons: readonly number[];
    readonly learningRate: number;
    readonly decay: number;
    /** undefined means all rows in one batch. */
    readonly batchSize?: number;
  };
  /** How the weights start. */
  readonly weight: Initializer;
  /** Whether the input is a point in the plane, so that decision regions can be drawn. */
  readonly planar: boolean;
  prepare(random: Random): Prepared;
}
