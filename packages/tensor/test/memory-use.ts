import { execFileSync } from 'node:child_process';

/** How steps run: eagerly, compiled, or compiled with a hundred steps per call. */
export type Stepping = 'eager' | 'compiled' | 'compiled in hundreds';

/**
 * Trains in a separate process and returns the memory in use, in bytes, after each tenth of the steps.
 *
 * @param leaking  whether every loss is kept: a planted leak that the test must find
 */
export function memoryUse(steps: number, stepping: Stepping, leaking = false): number[] {
  const program = `
    import { compile, gradients, stack, runBatches, tensor, variable } from '@nn/tensor';
    import { wasm } from '@nn/tensor/wasm';
    const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);
    const y = tensor([[0], [1], [1], [0]]);
    const w = { first: variable(tensor([[0.5, -0.4, 0.3, 0.2], [0.1, 0.6, -0.7, 0.4]])), second: variable(tensor([[0.3], [-0.2], [0.5], [0.1]])) };
    const plain = (x, y) => {
      const error = x.matmul(w.first).tanh().matmul(w.second).sub(y);
      const loss = error.mul(error).mean();
      const found = gradients(loss, w);
      for (const name of Object.keys(w)) w[name].assign(w[name].sub(found[name].mul(0.1)));
      return loss;
    };
    const step = ${stepping !== 'eager'} ? compile(plain, wasm) : plain;
    const hundred = ${stepping === 'compiled in hundreds'} ? 100 : 1;
    const many = [x, y].map((one) => stack(Array(100).fill(one)));
    const used = [];
    const kept = [];
    for (let at = hundred; at <= ${steps}; at += hundred) {
      const result = hundred === 1 ? step(x, y) : runBatches(step, ...many).slice(-1);
      if (${leaking}) kept.push(result);
      const loss = result.item();
      if (!Number.isFinite(loss)) throw new Error('no finite loss');
      if (at % ${steps / 10} === 0) {
        gc();
        const { heapUsed, external, arrayBuffers } = process.memoryUsage();
        used.push(heapUsed + external + arrayBuffers);
      }
    }
    console.log(JSON.stringify(used));
  `;
  // Without the optimizing compilers: their code is in the measured memory, and is generated at unpredictable times.
  const words = [
    '--expose-gc',
    '--no-opt',
    '--no-maglev',
    '--liftoff-only',
    '--conditions=@nn/source',
    '--input-type=module',
    '--eval',
    program,
  ];
  return JSON.parse(execFileSync(process.execPath, words, { cwd: import.meta.dirname, encoding: 'utf8' })) as number[];
}
