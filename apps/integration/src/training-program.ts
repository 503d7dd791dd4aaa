/**
 * The source of a program that trains a 2-8-2 network with ReLU for 100 steps of Adam.
 *
 * @param backend  the entry point that `wasm` is imported from; without it the program trains eagerly
 */
export function trainingProgram(backend?: '@nn/tensor/wasm'): string {
  const imports = `
    import { relu } from '@nn/activations';
    import { dense, sequential } from '@nn/layers';
    import { softmaxCrossentropy } from '@nn/losses';
    import { adam } from '@nn/optimizers';
  `;
  const setting = `
    const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);
    const y = tensor([0, 1, 1, 0], { dtype: 'int32' });
    const random = randomState(0);
    const model = sequential(dense(2, 8, { random }), relu, dense(8, 2, { random }));
    const optimizer = adam(model.parameters, { learningRate: 0.05 });
  `;
  const step = `
    const loss = softmaxCrossentropy(model(x), y);
    optimizer.step(gradients(loss, model.parameters));
  `;
  if (backend === undefined) {
    return `
      import { gradients, randomState, tensor } from '@nn/tensor';
      ${imports} ${setting}
      for (let epoch = 0; epoch < 100; epoch++) { ${step} console.log(loss.item()); }
    `;
  }
  return `
    import { compile, gradients, randomState, tensor } from '@nn/tensor';
    import { wasm } from '${backend}';
    ${imports} ${setting}
    const step = compile((x, y) => { ${step} return loss; }, wasm);
    for (let epoch = 0; epoch < 100; epoch++) console.log(step(x, y).item());
  `;
}
