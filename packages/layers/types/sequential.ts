// Lines after "// ✗" must not compile, with that complaint; all others must. Checked by apps/checks.
import { randomState, type Shape, type Tensor, type Variable, zeros } from '@nn/tensor';
import { expectTypeOf } from 'vitest';
import { dense, type Layer, type LayerFunction, type Sequential, sequential } from '../src/index.ts';

declare const length: number;
declare const plain: Tensor;
const random = randomState(0);
const relu = <S extends Shape>(x: Tensor<S>): Tensor<S> => x.maximum(0);
const model = sequential(dense(2, 64, { random }), relu, dense(64, 3, { random }));

// A layer knows its rows.
const layer = dense(2, 64, { random });
expectTypeOf(layer.weight.shape).toEqualTypeOf<[2, 64]>();
expectTypeOf(layer(zeros([300, 2])).shape).toEqualTypeOf<[300, 64]>();
expectTypeOf(layer(zeros([2])).shape).toEqualTypeOf<[64]>();
expectTypeOf(layer(zeros([5, length, 2])).shape).toEqualTypeOf<[5, number, 64]>();
expectTypeOf(layer(plain).shape).toEqualTypeOf<[...number[], 64]>();

// ✗ The layer expects rows of 2 numbers, got [300, 3].
layer(zeros([300, 3]));
// ✗ The layer expects rows of 1 number, got [300, 3].
dense(1, 2, { random })(zeros([300, 3]));
// ✗ The layer expects rows of 2 numbers, got a scalar.
layer(zeros([]));

// So does a model.
expectTypeOf(model).toEqualTypeOf<Sequential<2, 3>>();
expectTypeOf(model(zeros([300, 2])).shape).toEqualTypeOf<[300, 3]>();
expectTypeOf(model(zeros([300, 2]), { training: true }).shape).toEqualTypeOf<[300, 3]>();
expectTypeOf(sequential(model, relu, dense(3, 1, { random }))).toEqualTypeOf<Sequential<2, 1>>();
expectTypeOf(sequential(relu, relu)(zeros([3, 4]))).toEqualTypeOf<Tensor>();
expectTypeOf(sequential()).toEqualTypeOf<Sequential>();

// ✗ The layer expects rows of 2 numbers, got [300, 3].
model(zeros([300, 3]));
// ✗ Layer 1 takes rows of 65 numbers, but layer 0 gives rows of 64. (The first layer is layer 0.)
sequential(dense(2, 64, { random }), dense(65, 3, { random }));
// ✗ Layer 3 takes rows of 4 numbers, but layer 0 gives rows of 3. (The first layer is layer 0.)
sequential(model, relu, relu, dense(4, 1, { random }));
// ✗ Layer 1 takes rows of 1 number, but layer 0 gives rows of 3. (The first layer is layer 0.)
sequential(model, sequential(relu, dense(1, 1, { random })));

// What is not known passes: lengths, what plain functions do, lists of layers.
expectTypeOf(dense(length, 4, { random })(plain).shape).toEqualTypeOf<[...number[], 4]>();
expectTypeOf(sequential(dense(2, length, { random }), relu, dense(3, 1, { random }))).toEqualTypeOf<
  Sequential<number, 1>
>();
expectTypeOf(sequential((x) => x.reshape([-1, 784]), dense(784, 10, { random }))).toEqualTypeOf<
  Sequential<number, 10>
>();
sequential(dense(2, 64, { random }), (x: Tensor) => x.sum(-1), dense(3, 1, { random }));
const layers: readonly Layer[] = [model, dense(7, 8, { random })];
const functions: readonly LayerFunction[] = [relu, (x) => x.tanh(), ...layers];
expectTypeOf(sequential(...functions)).toEqualTypeOf<Sequential>();
expectTypeOf(sequential(...functions)(zeros([3]))).toEqualTypeOf<Tensor>();
export const weight: Variable = layer.weight;
export function logits<S extends Shape>(x: Tensor<S>): Tensor {
  return model(x.add(1));
}
