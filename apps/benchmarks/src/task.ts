import type { ComputeDType } from '@nn/tensor';

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

/** What a convolution with filters of 3 × 3 starts with: weight [out, in / groups, 3, 3], bias [out]. */
export interface ConvolutionStart extends LayerStart {
  readonly groups: number;
  /** Whether the largest numbers of squares of 2 × 2 are taken after it. */
  readonly pool: boolean;
}

/**
 * Steps of training convolutions on one batch of images, x [N, channels, H, W], with SGD. Each convolution keeps the height
 * and width and has a ReLU behind it.
 */
export interface ConvolutionalTask {
  readonly kind: 'convolutional';
  readonly x: Numbers;
  readonly convolutions: readonly ConvolutionStart[];
  /**
   * The dense layer at the end, and the labels 0 … classes − 1 for its softmax crossentropy. Without it the loss is the mean
   * of the squares of what the convolutions give, and x is trained too, as the results of an earlier layer would be.
   */
  readonly classifier: { readonly layer: LayerStart; readonly labels: Int32Array } | undefined;
  readonly learningRate: number;
  /** The number of losses that are compared, each before its step. */
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
  readonly dtype: ComputeDType;
}

/** Work that a contestant can be given, as data that travels to it. */
export type Task =
  | MatmulTask
  | ChainTask
  | SoftmaxTask
  | TrainingTask
  | ConvolutionalTask
  | InferenceTask
  | PatternTask;

/** What Adam is set to everywhere; epsilon is added after the root. */
export const adamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
