// What the benchmarks use of their peers. Written here because the peers are not installed when the types are checked.

declare module '@tensorflow/tfjs' {
  export interface Tensor {
    readonly shape: number[];
    readonly size: number;
    dataSync(): Float32Array;
  }
  interface Optimizer {
    minimize(loss: () => Tensor, returnCost?: boolean, trained?: Tensor[]): Tensor | null;
  }
  export function setBackend(name: string): Promise<boolean>;
  export function ready(): Promise<void>;
  export function tensor(values: Float32Array | Int32Array, shape: number[], dtype?: 'float32' | 'int32'): Tensor;
  export function variable(initial: Tensor): Tensor;
  export function tidy<T>(work: () => T): T;
  export function dispose(tensor: Tensor): void;
  export function matMul(a: Tensor, b: Tensor): Tensor;
  export function add(a: Tensor, b: Tensor): Tensor;
  export function mul(a: Tensor, b: Tensor): Tensor;
  export function sum(x: Tensor): Tensor;
  export function relu(x: Tensor): Tensor;
  export function tanh(x: Tensor): Tensor;
  export function square(x: Tensor): Tensor;
  export function mean(x: Tensor): Tensor;
  export function reshape(x: Tensor, shape: number[]): Tensor;
  export function transpose(x: Tensor, axes: number[]): Tensor;
  export function expandDims(x: Tensor, axis: number): Tensor;
  export function squeeze(x: Tensor, axes: number[]): Tensor;
  export function conv2d(x: Tensor, filters: Tensor, strides: number, pad: 'same'): Tensor;
  export function conv3d(x: Tensor, filters: Tensor, strides: number, pad: 'same'): Tensor;
  export function depthwiseConv2d(x: Tensor, filters: Tensor, strides: number, pad: 'same'): Tensor;
  export function maxPool(x: Tensor, size: number, strides: number, pad: 'valid'): Tensor;
  export function softmax(x: Tensor): Tensor;
  export function cast(x: Tensor, dtype: 'float32'): Tensor;
  export function oneHot(labels: Tensor, classes: number): Tensor;
  export const losses: {
    softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor;
    sigmoidCrossEntropy(labels: Tensor, logits: Tensor): Tensor;
  };
  export const train: {
    sgd(learningRate: number): Optimizer;
    adam(learningRate: number, beta1: number, beta2: number, epsilon: number): Optimizer;
  };
}

declare module '@tensorflow/tfjs-backend-wasm' {
  export function setThreadsCount(count: number): void;
}

declare module '@jax-js/jax' {
  export function init(device: 'wasm'): Promise<unknown>;
  export function jit<Args extends readonly unknown[], Result>(
    work: (...args: Args) => Result,
  ): (...args: Args) => Result;
  export function valueAndGrad<First, Rest extends readonly unknown[]>(
    work: (first: First, ...rest: Rest) => numpy.Array,
  ): (first: First, ...rest: Rest) => [numpy.Array, First];
  export const lax: {
    convGeneralDilated(
      x: numpy.Array,
      filters: numpy.Array,
      strides: number[],
      padding: 'SAME',
      options: { featureGroupCount: number },
    ): numpy.Array;
  };
  export namespace numpy {
    interface Array {
      readonly ref: Array;
      add(other: Array | number): Array;
      sub(other: Array | number): Array;
      mul(other: Array | number): Array;
      div(other: Array | number): Array;
      reshape(shape: number[]): Array;
      dispose(): void;
      item(): number;
      dataSync(): Float32Array;
      blockUntilReady(): Promise<Array>;
    }
    function array(values: Float32Array | Int32Array | number): Array;
    function zeros(shape: number[]): Array;
    function matmul(a: Array, b: Array): Array;
    function sum(x: Array, axis?: number): Array;
    function mean(x: Array): Array;
    function max(x: Array, axes: number[]): Array;
    function tanh(x: Array): Array;
    function sqrt(x: Array): Array;
    function square(x: Array): Array;
    function power(base: number, exponent: Array): Array;
  }
  export const nn: {
    relu(x: numpy.Array): numpy.Array;
    softmax(x: numpy.Array, axis: number): numpy.Array;
    logSoftmax(x: numpy.Array, axis: number): numpy.Array;
    logSigmoid(x: numpy.Array): numpy.Array;
    oneHot(labels: numpy.Array, classes: number): numpy.Array;
  };
  export const tree: {
    ref<Tree>(tree: Tree): Tree;
    map<Tree>(work: (...parts: numpy.Array[]) => numpy.Array, ...trees: Tree[]): Tree;
  };
}

declare module 'onnxruntime-web' {
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, shape: number[]);
    readonly data: Float32Array;
  }
  export interface InferenceSession {
    run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  }
  export const InferenceSession: {
    create(
      model: Uint8Array,
      options: { executionProviders: readonly string[]; graphOptimizationLevel: 'all' },
    ): Promise<InferenceSession>;
  };
  export const env: { readonly wasm: { numThreads: number } };
}

declare module 'synaptic' {
  export class Neuron {
    static readonly squash: { readonly TANH: unknown };
    bias: number;
    readonly connections: { readonly inputs: Readonly<Record<string, { weight: number }>> };
  }
  export class Layer {
    constructor(neurons?: number);
    readonly list: readonly Neuron[];
    project(to: Layer): void;
    set(options: { readonly squash: unknown }): void;
  }
  export class Network {
    constructor(layers: { readonly input: Layer; readonly hidden: readonly Layer[]; readonly output: Layer });
    activate(row: readonly number[]): number[];
    propagate(rate: number, wanted: readonly number[]): void;
  }
}
