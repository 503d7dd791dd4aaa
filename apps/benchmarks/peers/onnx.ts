import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { type Contestant, digest, type Job } from '../src/contestant.ts';
import { onnxModel } from '../src/onnx-model.ts';
import type { InferenceTask, Numbers } from '../src/task.ts';

/** ONNX Runtime for the web: WebAssembly on one thread. It carries models out, but does not train them here. */
export function contestant(): Contestant {
  env.wasm.numThreads = 1;
  return {
    async matmul({ a, b }) {
      const inputs = { a: a.shape, b: b.shape };
      const session = await open(
        onnxModel({ nodes: [{ operation: 'MatMul', inputs: ['a', 'b'], output: 'y' }], inputs }),
      );
      const feeds = { a: tensorOf(a), b: tensorOf(b) };
      return jobOf(async () => (await session.run(feeds))['y']!);
    },
    async softmax({ x }) {
      const node = { operation: 'Softmax', inputs: ['x'], output: 'y' } as const;
      const session = await open(onnxModel({ nodes: [node], inputs: { x: x.shape } }));
      const feeds = { x: tensorOf(x) };
      return jobOf(async () => (await session.run(feeds))['y']!);
    },
    async inference({ x, layers }) {
      const session = await open(networkModel(x.shape[1]!, layers));
      const [count, columns] = x.shape as [number, number];
      const feeds = Array.from({ length: count }, (_, row) => ({
        x: new Tensor('float32', x.data.slice(row * columns, (row + 1) * columns), [1, columns]),
      }));
      let call = 0;
      const next = async (): Promise<Float32Array> => (await session.run(feeds[call++ % count]!))['y']!.data;
      return {
        async result() {
          const logits: number[] = [];
          for (let row = 0; row < count; row++) logits.push(...(await next()));
          return logits;
        },
        async run(times) {
          for (let time = 0; time < times; time++) await next();
        },
      };
    },
  };
}

/** Gemm, Relu, Gemm, … */
function networkModel(columns: number, layers: InferenceTask['layers']): Uint8Array {
  const last = layers.length - 1;
  return onnxModel({
    inputs: { x: [1, columns] },
    constants: Object.fromEntries(
      layers.flatMap(({ weight, bias }, at) => [
        [`w${at}`, weight],
        [`b${at}`, bias],
      ]),
    ),
    nodes: layers.flatMap((_, at) => {
      const gemm = {
        operation: 'Gemm',
        inputs: [at === 0 ? 'x' : `h${at - 1}`, `w${at}`, `b${at}`],
        output: at === last ? 'y' : `s${at}`,
      };
      return at === last ? [gemm] : [gemm, { operation: 'Relu', inputs: [`s${at}`], output: `h${at}` }];
    }),
  });
}

function open(model: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(model, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
}

function tensorOf({ data, shape }: Numbers): Tensor {
  return new Tensor('float32', data, [...shape]);
}

function jobOf(unit: () => Promise<Tensor>): Job {
  return {
    result: async () => digest((await unit()).data),
    async run(times) {
      for (let time = 0; time < times; time++) await unit();
    },
  };
}
