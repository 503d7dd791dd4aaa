// The first training step of 2-64-3 with Adam in a fresh process, with this library.
import { now } from '../clock.ts';
import { arms } from './arms.ts';
import { tell } from './marks.ts';

const { x, labels } = arms();
const start = now();
const [{ relu }, { dense, sequential }, { softmaxCrossentropy }, { adam }, core, { wasm }] = await Promise.all([
  import('@nn/activations'),
  import('@nn/layers'),
  import('@nn/losses'),
  import('@nn/optimizers'),
  import('@nn/tensor'),
  import('@nn/tensor/wasm'),
]);
const imported = now();
const random = core.randomState(0);
const model = sequential(dense(2, 64, { random }), relu, dense(64, 3, { random }));
const optimizer = adam(model.parameters, { learningRate: 0.05 });
let traced = imported;
const step = core.compile(
  (rows: ReturnType<typeof core.tensor>, wanted: ReturnType<typeof core.tensor>) => {
    const loss = softmaxCrossentropy(model(rows), wanted);
    optimizer.step(core.gradients(loss, model.parameters));
    return loss;
  },
  (program) => {
    traced = now();
    return wasm(program);
  },
);
const rows = core.fromTypedArray(x, [300, 2]);
const wanted = core.fromTypedArray(labels, [300]);
step.program(rows, wanted);
const compiled = now();
step(rows, wanted).item();
tell({ start, imported, traced, compiled, stepped: now() });
