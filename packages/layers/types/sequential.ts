// Lines after "// ✗" must not compile, with that complaint; all others must. Checked by apps/checks.
import { type LayerCall, randomState, type Shape, type Tensor, type Variable, variable, zeros } from '@nn/tensor';
import { expectTypeOf } from 'vitest';
import {
  conv2d,
  dense,
  type Dense,
  freeze,
  type Layer,
  layer,
  type LayerFunction,
  maxPool2d,
  type Model,
  reshape,
  residual,
  sequential,
} from '../src/index.ts';

declare const length: number;
declare const plain: Tensor;
const random = randomState(0);
const relu = <S extends Shape>(x: Tensor<S>): Tensor<S> => x.maximum(0);
const model = sequential(dense(2, 64, { random }), relu, dense(64, 3, { random }));

// A layer knows its rows.
const hidden = dense(2, 64, { random });
expectTypeOf(hidden.weight.shape).toEqualTypeOf<[2, 64]>();
expectTypeOf(hidden(zeros([300, 2])).shape).toEqualTypeOf<[300, 64]>();
expectTypeOf(hidden(zeros([2])).shape).toEqualTypeOf<[64]>();
expectTypeOf(hidden(zeros([5, length, 2])).shape).toEqualTypeOf<[5, number, 64]>();
expectTypeOf(hidden(plain).shape).toEqualTypeOf<[...number[], 64]>();

// ✗ The layer expects rows of 2 numbers, got [300, 3].
hidden(zeros([300, 3]));
// ✗ The layer expects rows of 1 number, got [300, 3].
dense(1, 2, { random })(zeros([300, 3]));
// ✗ The layer expects rows of 2 numbers, got a scalar.
hidden(zeros([]));

// So does a model.
expectTypeOf(model.layers[0]).toEqualTypeOf<Dense<2, 64>>();
expectTypeOf(model(zeros([300, 2])).shape).toEqualTypeOf<[300, 3]>();
expectTypeOf(model(zeros([300, 2]), { training: true }).shape).toEqualTypeOf<[300, 3]>();
expectTypeOf(model(plain).shape).toEqualTypeOf<[...number[], 3]>();
expectTypeOf(sequential(model, relu, dense(3, 1, { random }))(zeros([5, 2])).shape).toEqualTypeOf<[5, 1]>();
expectTypeOf(sequential(relu, relu)(zeros([3, 4])).shape).toEqualTypeOf<readonly [3, 4]>();
expectTypeOf(sequential()(zeros([3, 4])).shape).toEqualTypeOf<readonly [3, 4]>();

// ✗ The layer expects rows of 2 numbers, got [300, 3].
model(zeros([300, 3]));
// ✗ Layer 1 expects rows of 65 numbers, got [..., 64] from layer 0. (The first layer is layer 0.)
sequential(dense(2, 64, { random }), dense(65, 3, { random }));
// ✗ Layer 3 expects rows of 4 numbers, got [..., 3] from layer 0. (The first layer is layer 0.)
sequential(model, relu, relu, dense(4, 1, { random }));
// ✗ Layer 1 expects rows of 1 number, got [..., 3] from layer 0. (The first layer is layer 0.)
sequential(model, sequential(relu, dense(1, 1, { random })));

// A layer of one's own has the shapes that its function states, of any rank.
const flatten = layer({ call: (x: Tensor<[number, 3, 8, 8]>) => x.reshape([-1, 192]) });
const channels = variable(zeros([3]));
const pooled = layer({ parameters: { channels }, call: (x: Tensor<[number, 3, number, number]>) => x.mean([2, 3]) });
expectTypeOf(flatten(zeros([32, 3, 8, 8])).shape).toEqualTypeOf<[number, 192]>();
expectTypeOf(flatten(plain).shape).toEqualTypeOf<[number, 192]>();
expectTypeOf(pooled(zeros([32, 3, 8, 8])).shape).toEqualTypeOf<[number, 3]>();
expectTypeOf(sequential(flatten, dense(192, 10, { random }))(zeros([32, 3, 8, 8])).shape).toEqualTypeOf<[number, 10]>();
expectTypeOf(sequential(flatten, relu, dense(192, 10, { random }))(plain).shape).toEqualTypeOf<[number, 10]>();
expectTypeOf(layer({ call: <S extends Shape>(x: Tensor<S>) => relu(x) })(zeros([4, 5])).shape).toEqualTypeOf<
  readonly [4, 5]
>();
expectTypeOf(layer({ call: (x, { training }) => (training ? x.mul(2) : x) })(zeros([4, 5]))).toEqualTypeOf<Tensor>();
expectTypeOf(layer({ call: (x: Tensor<[number, 64]>) => x.add(1) })(zeros([4, 64])).shape).toEqualTypeOf<
  [number, 64]
>();

// ✗ The layer expects [number, 3, 8, 8], got [32, 1, 8, 8].
flatten(zeros([32, 1, 8, 8]));
// ✗ The layer expects [number, 3, 8, 8], got [3, 8, 8].
flatten(zeros([3, 8, 8]));
// ✗ Layer 1 expects rows of 100 numbers, got [number, 192] from layer 0. (The first layer is layer 0.)
sequential(flatten, dense(100, 10, { random }));
// ✗ Layer 2 expects [number, 3, 8, 8], got [..., 64] from layer 0. (The first layer is layer 0.)
sequential(dense(2, 64, { random }), relu, flatten);
// ✗ Layer 2 expects rows of 4 numbers, got [number, 3] from layer 1. (The first layer is layer 0.)
sequential(relu, pooled, dense(4, 10, { random }));

// A plain function may state its shapes too.
const rows = (x: Tensor<[number, 28, 28]>): Tensor<[number, 784]> => x.reshape([-1, 784]);
expectTypeOf(sequential(rows, dense(784, 10, { random }))(plain).shape).toEqualTypeOf<[number, 10]>();
// ✗ The layer expects [number, 28, 28], got [5, 28, 27].
sequential(rows, dense(784, 10, { random }))(zeros([5, 28, 27]));
// ✗ Layer 1 expects rows of 785 numbers, got [number, 784] from layer 0. (The first layer is layer 0.)
sequential(rows, dense(785, 10, { random }));

// What is not known passes: lengths, what plain functions do, lists of layers.
expectTypeOf(dense(length, 4, { random })(plain).shape).toEqualTypeOf<[...number[], 4]>();
sequential(dense(2, length, { random }), relu, dense(3, 1, { random }));
expectTypeOf(sequential((x) => x.reshape([-1, 784]), dense(784, 10, { random }))(plain).shape).toEqualTypeOf<
  [number, 10]
>();
sequential(dense(2, 64, { random }), (x: Tensor) => x.sum(-1), dense(3, 1, { random }));
sequential((x, call) => (call?.training ? x.mul(2) : x), dense(3, 1, { random }));
const layers: readonly Layer[] = [model, dense(7, 8, { random }), flatten, pooled, sequential()];
const functions: readonly LayerFunction[] = [relu, rows, (x) => x.tanh(), ...layers];
const models: readonly Model[] = [model, flatten, sequential(...functions)];
const manyDense: readonly Dense[] = [hidden, dense(7, 8, { random })];
expectTypeOf(sequential(...functions)(zeros([3]))).toEqualTypeOf<Tensor>();
expectTypeOf(sequential(...layers, hidden)(plain)).toEqualTypeOf<Tensor>();
expectTypeOf(models[0]!(plain, { training: true })).toEqualTypeOf<Tensor>();
export const weight: Variable = manyDense[0]!.weight;
export function logits<S extends Shape>(x: Tensor<S>): Tensor {
  return model(x.add(1));
}

// What takes something else than a model tells its layers cannot stand among them.
const sharp = (x: Tensor, factor = 2): Tensor => x.mul(factor);
// ✗ Argument of type
sequential(sharp);
sequential((x) => sharp(x, 3));
const told = (x: Tensor, { training = false }: LayerCall = {}): Tensor => (training ? x : x.mul(2));
sequential(told, layer({ call: told }));

// Pooling keeps samples and channels, a residual connection the shape, and reshape states it.
expectTypeOf(maxPool2d(2)(zeros([8, 3, 6, 6])).shape).toEqualTypeOf<[8, 3, 3, 3]>();
expectTypeOf(maxPool2d(2)(plain).shape).toEqualTypeOf<[number, number, number, number]>();
expectTypeOf(residual(relu)(zeros([8, 3])).shape).toEqualTypeOf<readonly [8, 3]>();
expectTypeOf(sequential(reshape([1, 28, 28]), conv2d(1, 4, 3, { random }))(zeros([5, 784])).shape).toEqualTypeOf<
  [number, 4, 26, 26]
>();
expectTypeOf(freeze(hidden)(zeros([5, 2])).shape).toEqualTypeOf<[5, 64]>();
sequential(conv2d(1, 4, 3, { random }), maxPool2d(2), conv2d(4, 8, 3, { random }));
// ✗ Layer 2 expects [number, 5, number, number], got [number, 4, number, number] from layer 1. (The first layer is layer 0.)
sequential(conv2d(1, 4, 3, { random }), maxPool2d(2), conv2d(5, 8, 3, { random }));
