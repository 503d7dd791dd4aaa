// Lines after "// ✗" must not compile, with that complaint; all others must. Checked by apps/checks.
import { randomState, type Tensor, zeros } from '@nn/tensor';
import { expectTypeOf } from 'vitest';
import {
  averagePool1d,
  conv1d,
  conv2d,
  type Convolution,
  type ConvolutionOptions,
  conv3d,
  dense,
  depthwiseConv2d,
  flatten,
  maxPool2d,
  sequential,
} from '../src/index.ts';

declare const length: number;
declare const plain: Tensor;
const random = randomState(0);
const relu = <S extends readonly number[]>(x: Tensor<S>): Tensor<S> => x.maximum(0) as unknown as Tensor<S>;

// A convolution knows its channels, and how many windows there are.
const small = conv2d(3, 8, 3, { random });
expectTypeOf(small(zeros([5, 3, 28, 30])).shape).toEqualTypeOf<[5, 8, 26, 28]>();
expectTypeOf(small(zeros([5, 3, length, 30])).shape).toEqualTypeOf<[5, 8, number, 28]>();
expectTypeOf(small(plain).shape).toEqualTypeOf<[number, 8, number, number]>();
const strided = conv2d(1, 2, [3, 5], { random, stride: [2, 1], padding: [1, 0], dilation: [1, 2] });
expectTypeOf(strided(zeros([1, 1, 7, 20])).shape).toEqualTypeOf<[1, 2, 4, 12]>();
expectTypeOf(conv2d(1, 2, 3, { random, padding: 'same', stride: 2 })(zeros([1, 1, 7, 8])).shape).toEqualTypeOf<
  [1, 2, 4, 4]
>();
expectTypeOf(conv1d(1, 2, 4, { random, padding: 'causal' })(zeros([1, 1, 100])).shape).toEqualTypeOf<[1, 2, 100]>();
expectTypeOf(conv3d(1, 2, 3, { random, padding: 'valid' })(zeros([1, 1, 5, 6, 7])).shape).toEqualTypeOf<
  [1, 2, 3, 4, 5]
>();
expectTypeOf(depthwiseConv2d(4, 3, { random, padding: 1 })(zeros([1, 4, 9, 9])).shape).toEqualTypeOf<
  [1, number, 9, 9]
>();

// So does a pooling layer, which keeps the channels.
expectTypeOf(maxPool2d(2)(zeros([5, 8, 28, 29])).shape).toEqualTypeOf<[5, 8, 14, 14]>();
expectTypeOf(maxPool2d(3, { stride: 2, padding: 1 })(zeros([5, 8, 28, 29])).shape).toEqualTypeOf<[5, 8, 14, 15]>();
expectTypeOf(maxPool2d(2, { ceilMode: true })(zeros([5, 8, 28, 29])).shape).toEqualTypeOf<[5, 8, number, number]>();
expectTypeOf(averagePool1d(2)(zeros([5, 8, 9])).shape).toEqualTypeOf<[5, 8, 4]>();
expectTypeOf(flatten(zeros([5, 8, 4, 4])).shape).toEqualTypeOf<[5, 128]>();
expectTypeOf(flatten(zeros([length, 8, length])).shape).toEqualTypeOf<[number, number]>();

// The sizes go through a model, once the images are known.
const model = sequential(
  conv2d(1, 16, 3, { random, padding: 'same' }),
  relu,
  maxPool2d(2),
  conv2d(16, 32, 3, { random }),
  relu,
  flatten,
  dense(128, 10, { random }),
);
expectTypeOf(model(zeros([64, 1, 8, 8])).shape).toEqualTypeOf<[64, 10]>();
expectTypeOf(model(plain).shape).toEqualTypeOf<[number, 10]>();
// ✗ The layer expects rows of 128 numbers, got [64, 512].
model(zeros([64, 1, 12, 12]));

const images = (x: Tensor<[number, 1, 28, 28]>): Tensor<[number, 1, 28, 28]> => x;
sequential(images, conv2d(1, 2, 3, { random }), maxPool2d(2), flatten, dense(338, 10, { random }));
// ✗ Layer 4 expects rows of 100 numbers, got [number, 338] from layer 3. (The first layer is layer 0.)
sequential(images, conv2d(1, 2, 3, { random }), maxPool2d(2), flatten, dense(100, 10, { random }));
// ✗ Layer 1 expects [number, 3, number, number], got [number, 8, number, number] from layer 0. (The first layer is layer 0.)
sequential(conv2d(1, 8, 3, { random }), conv2d(3, 8, 3, { random }));
// ✗ The layer has windows of 3 elements, got [5, 3, 2, 9].
small(zeros([5, 3, 2, 9]));
// ✗ The layer expects [number, 3, number, number], got [5, 3, 9].
small(zeros([5, 3, 9]));

// What is not known passes.
const options: ConvolutionOptions = { random, padding: 1 };
expectTypeOf(conv2d(3, 8, 3, options)(zeros([5, 3, 9, 9])).shape).toEqualTypeOf<[5, 8, number, number]>();
expectTypeOf(conv2d(3, length, length, { random })(zeros([5, 3, 9, 9])).shape).toEqualTypeOf<
  [5, number, number, number]
>();
export const list: readonly Convolution[] = [small, strided, conv1d(1, 1, 1, { random })];
