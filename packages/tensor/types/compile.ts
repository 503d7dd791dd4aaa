// Lines after "// ✗" must not compile, with that error; all other lines must. apps/checks tests it.
import { expectTypeOf } from 'vitest';
import { compile, runSteps, runBatches, type Tensor, zeros } from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

declare const plain: Tensor;
const x = zeros([4, 2]);
const y = zeros([4]);

const step = compile(
  (rows: Tensor<[4, 2]>, labels: Tensor<[4]>) => ({ loss: labels.sum(), parts: [rows, labels] as const }),
  wasm,
);

// One step keeps the types of the function, many steps on the same arguments too.
expectTypeOf(step(x, y).loss).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(runSteps(step, 10, x, y).parts[0]).toEqualTypeOf<Tensor<[4, 2]>>();

// A step per entry: another first axis for all of them.
const each = runBatches(step, zeros([10, 4, 2]), zeros([10, 4]));
expectTypeOf(each.loss).toEqualTypeOf<Tensor<[number]>>();
expectTypeOf(each.parts[0]).toEqualTypeOf<Tensor<[number, 4, 2]>>();
// ✗ Argument of type 'Tensor<[4, 2]>' is not assignable to parameter of type 'Tensor<[number, 4, 2]>'.
runBatches(step, x, zeros([10, 4]));

// What is not known passes.
const open = compile((rows: Tensor) => rows.sum(0), wasm);
expectTypeOf(runBatches(open, x)).toEqualTypeOf<Tensor>();
expectTypeOf(runBatches(open, plain)).toEqualTypeOf<Tensor>();
expectTypeOf(
  runBatches(
    compile((rows: Tensor) => void rows, wasm),
    x,
  ),
).toEqualTypeOf<undefined>();

// An interface may be returned.
interface Outputs {
  readonly loss: Tensor;
  readonly all: readonly Tensor[];
}
expectTypeOf(
  compile((rows: Tensor): Outputs => ({ loss: rows, all: [rows] }), wasm)(plain).loss,
).toEqualTypeOf<Tensor>();

// ✗ No overload matches this call.
compile((rows: Tensor) => ({ loss: rows.sum(), count: 3 }), wasm);
// ✗ No overload matches this call.
compile((rows: Tensor) => rows.size, wasm);
