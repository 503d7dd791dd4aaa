import type { DType } from '@nn/tensor';

/** Numbers in the order of their shape, row by row. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What one dense layer starts with: weight [inputs, neurons], bias [neurons]. */
export interface LayerStart {
  readonly weight: Numbers;
  readonly bias: Numbers;
}

/** The product of two matrices, a · b. */
export interface MatmulTask {
  readonly kind: 'matmul';
  readonly a: Numbers;
  readonly b: Numbers;
}

/** Σ relu(x · w + b), element by element, w and b repeated for every row of x. */
export interface ChainTask {
  readonly kind: 'chain';
  readonly x: Numbers;
  readonly w: Numbers;
  readonly b: Numbers;
}

/** The softmax of every row of x. */
export interface SoftmaxTask {
  readonly kind: 'softmax';
  readonly x: Numbers;
}

/**
 * Steps of training a network of dense layers on one batch, from given weights. Several classes: softmax crossentropy,
 * labels are 0 … classes − 1. One output: sigmoid crossentropy, labels are 0 or 1.
 */
export interface TrainingTask {
  readonly kind: 'training';
  readonly x: Numbers;
  readonly labels: Int32Array;
  readonly layers: readonly LayerStart[];
  readonly activation: 'relu' | 'tanh';
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  /** How many losses, each before its step, are compared. */
  readonly compared: number;
}

/** The logits of one row at a time: the first call takes row 0, the next row 1, and again from the start after the last. */
export interface InferenceTask {
  readonly kind: 'inference';
  readonly x: Numbers;
  readonly layers: readonly LayerStart[];
}

/** A program of `src/patterns` with inputs of one dtype. Contestants make the inputs themselves. */
export interface PatternTask {
  readonly kind: 'pattern';
  readonly pattern: string;
  readonly dtype: DType;
}

/** Work that a contestant can be given, as data that travels to it. */
export type Task = MatmulTask | ChainTask | SoftmaxTask | TrainingTask | InferenceTask | PatternTask;

/** What Adam is set to everywhere; epsilon is added after the root. */
export const adamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
