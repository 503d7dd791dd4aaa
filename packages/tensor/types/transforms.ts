// Lines after "// ✗" must not compile, with that error; all other lines must. apps/checks tests it.
import { expectTypeOf } from 'vitest';
import {
  compile,
  functionalCall,
  hessian,
  hessianVector,
  jacobian,
  jacobianVector,
  stackVariables,
  type Tensor,
  valueAndGradients,
  type Variable,
  variable,
  vectorJacobian,
  vmap,
  zeros,
} from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

declare const plain: Tensor;
const x = zeros([3]);
const w = zeros([2, 3]);
const parameters = { w: variable(w), layers: [variable(x)] } as const;

// Derivatives have the structure and shapes of what they are taken by.
const layer = (given: Tensor<[3]>) => w.matmul(given).tanh();
expectTypeOf(jacobian(layer, x)).toEqualTypeOf<Tensor<[2, 3]>>();
expectTypeOf(jacobian(({ a }) => a.sum(), { a: x }).a).toEqualTypeOf<Tensor<[3]>>();
expectTypeOf(hessian((given) => given.mul(given).sum(), x)).toEqualTypeOf<Tensor<[3, 3]>>();
expectTypeOf(vectorJacobian(layer, x, zeros([2]))).toEqualTypeOf<readonly [value: Tensor<[2]>, product: Tensor<[3]>]>();
expectTypeOf(jacobianVector(layer, x, x)[1]).toEqualTypeOf<Tensor<[2]>>();
expectTypeOf(hessianVector((given) => given.pow(3).sum(), x, x)).toEqualTypeOf<Tensor<[3]>>();
const [value, found] = valueAndGradients(() => parameters.w.matmul(x).sum(), parameters);
expectTypeOf(value).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(found.w).toEqualTypeOf<Tensor<[2, 3]>>();
expectTypeOf(found.layers[0]).toEqualTypeOf<Tensor<[3]>>();
expectTypeOf(vectorJacobian(layer, x, plain)[0]).toEqualTypeOf<Tensor<[2]>>();
// ✗ is not assignable to parameter of type 'Tensor<[3]>'.
jacobian(layer, zeros([2]));

// vmap takes tensors of any shape, and gives results with a further axis.
const each = vmap((rows: Tensor<[3]>, own: { readonly w: Tensor }) => ({ y: layer(rows), all: [own.w] as const }));
const result = each(zeros([10, 3]), { w: plain });
expectTypeOf(result.y).toEqualTypeOf<Tensor<[number, 2]>>();
expectTypeOf(result.all[0]).toEqualTypeOf<Tensor>();
expectTypeOf(compile((rows: Tensor) => each(rows, { w: rows }).y, wasm)(plain)).toEqualTypeOf<Tensor<[number, 2]>>();

// A population: variables of any shape, and a model with the values of one.
const population = stackVariables([parameters.w, parameters.w].map((own) => ({ w: own })));
expectTypeOf(population.w).toEqualTypeOf<Variable>();
expectTypeOf(
  functionalCall({ w: parameters.w }, { w: plain }, () => ({ loss: parameters.w.sum(), after: parameters.w })),
).toEqualTypeOf<{ readonly loss: Tensor<[]>; readonly after: Tensor<[2, 3]> }>();

// What is not known passes.
expectTypeOf(jacobian((given: Tensor) => given.mul(2), plain)).toEqualTypeOf<Tensor<number[]>>();
