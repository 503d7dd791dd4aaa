import { execFileSync } from 'node:child_process';
import { Worker as NodeWorker } from 'node:worker_threads';
import { afterAll, describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import {
  asinh,
  compile,
  DTypeError,
  fromTypedArray,
  gradients,
  disassemble,
  type Tensor,
  tensor,
  type Variable,
  variable,
  WorkerLostError,
} from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';
import { sharing, startWorker, threads } from '../src/wasm/threads/index.ts';
import { Pool, type Worker } from '../src/wasm/threads/pool.ts';
import type { Fault } from './faulty-worker.ts';
import { threadsInSmallChunks, WaitingPool } from './small-chunks.ts';

const wave = (from: number, ...shape: number[]): Tensor =>
  fromTypedArray(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => Math.sin(at * 0.7 + from)),
    shape,
  ) as Tensor;

/** The losses and weights of a network with two layers after some training steps. */
function learned(backend: Backend, rows: number, steps: number): number[][] {
  const parameters: Readonly<Record<string, Variable>> = {
    first: variable(wave(0.3, 13, 37)) as Variable,
    bias: variable(wave(1, 37)) as Variable,
    second: variable(wave(2, 37, 5)) as Variable,
    speed: variable(wave(3, 37, 5).mul(0)) as Variable,
  };
  const { first, bias, second, speed } = parameters as Record<'first' | 'bias' | 'second' | 'speed', Variable>;
  const step = compile((x: Tensor, y: Tensor) => {
    const scores = x.matmul(first).add(bias).maximum(0).matmul(second);
    const shifted = scores.sub(scores.max(1, { keepdims: true }).detach());
    const error = shifted.sub(shifted.exp().sum(1, { keepdims: true }).log()).mul(y);
    const loss = error.sum(1).mean().neg();
    const slopes = gradients(loss, { first, bias, second });
    speed.assign(speed.mul(0.9).add(slopes.second.mul(0.05)));
    first.assign(first.sub(slopes.first.mul(0.1)));
    bias.assign(bias.sub(slopes.bias.mul(0.1)));
    second.assign(second.sub(speed));
    return { loss, best: scores.argmax(1) };
  }, backend);
  const [x, y] = [wave(4, rows, 13), wave(5, rows, 5)];
  const seen = Array.from({ length: steps }, () => {
    const { loss, best } = step(x, y);
    return [loss.item(), ...best.data];
  });
  return [...seen, ...Object.values(parameters).map(({ data }) => [...data])];
}

describe.each([
  ['fused', {}],
  ['deterministic', { deterministic: true }],
])('a network trained by threads, %s', (_, settings) => {
  const pool = new WaitingPool(startWorker);

  test.each([1, 2, 3])('has the same bits with %d threads', (count) => {
    for (const rows of [1, 7, 30, 250]) {
      const wanted = learned(wasm(settings), rows, 6);
      expect(learned(wasm({ ...settings, threads: threadsInSmallChunks(count, pool) }), rows, 6)).toEqual(wanted);
    }
  });

  test('runs on workers: they have computed rows of it', () => {
    const backend = wasm({ ...settings, threads: threadsInSmallChunks(3, pool) });
    for (let turn = 0; pool.rowsOfWorkers === 0 && turn < 1000; turn++) learned(backend, 250, 6);
    expect(pool.rowsOfWorkers).toBeGreaterThan(0);
  });
});

test('an index out of bounds in a shared loop gives the error of one thread, and no variable changes', () => {
  const indices = (bad: boolean): Tensor =>
    tensor(
      Array.from({ length: 64 }, (_, at) => (bad && at >= 40 ? at : at % 9)),
      { dtype: 'int32' },
    ) as Tensor;
  const made = (backend: Backend) => {
    const table = variable(wave(0, 9, 8)) as Variable;
    const step = compile((at: Tensor) => {
      const rows = table.take(at, 0);
      table.assign(table.mul(2));
      return rows.sum(1);
    }, backend);
    return { table, step };
  };
  const [one, two] = [made(wasm), made(wasm({ threads: threadsInSmallChunks(3) }))];
  for (let turn = 0; turn < 50; turn++) {
    expect(() => two.step(indices(true))).toThrow(/^gather: index 40 is out of bounds for axis 0 with size 9\./);
    expect([...two.table.data]).toEqual([...one.table.data]);
  }
  expect([...two.step(indices(false)).data]).toEqual([...one.step(indices(false)).data]);
  expect([...two.table.data]).toEqual([...one.table.data]);
});

describe('a worker that is lost during a step', () => {
  const started: NodeWorker[] = [];
  afterAll(async () => {
    for (const worker of started) await worker.terminate();
  });

  /** Starts workers, the first of which has a fault. */
  const faultyFirst =
    (fault: Fault) =>
    (ended: () => void): Worker => {
      const workerData: Fault = started.length === 0 ? fault : 'none';
      const worker = new NodeWorker(new URL('./faulty-worker.ts', import.meta.url), { workerData, execArgv: [] });
      worker.unref();
      worker.on('exit', ended);
      started.push(worker);
      return worker;
    };

  test.each(['ends', 'is stuck'] as const)(
    'because it %s is an error; no variable changes, and the next call works',
    (fault) => {
      started.length = 0;
      const pool = new WaitingPool(faultyFirst(fault));
      /** A step whose function is computed in JavaScript, where the worker fails: asinh has no formula in wasm. */
      const made = (backend: Backend) => {
        const weight = variable(wave(1, 64, 64).cast('float64') as Tensor) as Variable;
        const step = compile((x: Tensor) => {
          weight.assign(weight.add(asinh(x)));
          return weight.sum(1);
        }, backend);
        return { weight, step };
      };
      const [one, two] = [made(wasm), made(wasm({ threads: threadsInSmallChunks(2, pool) }))];
      const x = wave(2, 64, 64).cast('float64') as Tensor;
      let lost = 0;
      for (let turn = 0; turn < 1000 && lost === 0; turn++) {
        const before = [...two.weight.data];
        try {
          two.step(x);
          one.step(x);
        } catch (error) {
          expect(error).toBeInstanceOf(WorkerLostError);
          expect([...two.weight.data]).toEqual(before);
          lost++;
        }
      }
      expect(lost).toBe(1);
      for (let turn = 0; turn < 3; turn++) expect([...two.step(x).data]).toEqual([...one.step(x).data]);
      expect([...two.weight.data]).toEqual([...one.weight.data]);
      expect(started.length).toBe(2);
    },
  );
});

describe('threads', () => {
  const large = wave(0, 1000, 700);
  const step = (x: Tensor): Tensor => x.mul(2).tanh();

  test('are not used for small programs, and no worker starts for them', () => {
    let starts = 0;
    const pool = new Pool(() => {
      starts++;
      throw new Error('no worker is needed');
    });
    const backend = wasm({ threads: { ...threads(2), ...sharing(2, pool) } });
    expect(learned(backend, 30, 3)).toEqual(learned(wasm, 30, 3));
    expect(starts).toBe(0);
    compile(step, backend)(large);
    expect(starts).toBe(1);
  });

  test('are described in the listing', () => {
    const second = (backend: Backend, x: Tensor): string[] =>
      disassemble(compile(step, backend), x).split('\n').slice(1);
    expect(second(wasm({ threads: threads(2) }), large)).toEqual([
      'threads: 2, in the loops marked as shared',
      expect.stringMatching(/^0, shared: over \[1000, 700\]: /),
    ]);
    expect(second(wasm({ threads: threads(2) }), wave(0, 3))).toEqual([
      'threads: 1, because no loop is large enough for more',
      expect.stringMatching(/^0: over \[3\]: /),
    ]);
    expect(second(wasm({ threads: threads(1) }), large)[0]).toBe('threads: 1, because the count is 1');
    expect(second(wasm, large)).toEqual([expect.stringMatching(/^0: over \[1000, 700\]: /)]);
  });

  test.each([0, -1, 1.5, 65, NaN])('cannot be %d', (count) => {
    expect(() => threads(count)).toThrow(RangeError);
    expect(() => threads(count)).toThrow(
      `threads: count must be an integer from 1 to 64, got ${count}. ` +
        `Write threads(2), or the number of cores of the machine; more are not faster.`,
    );
  });

  test('are not set by a number', () => {
    const asked = (): unknown => wasm({ threads: 2 as never });
    expect(asked).toThrow(DTypeError);
    expect(asked).toThrow("wasm: threads are 2. Write threads(2), from '@nn/tensor/wasm/threads'.");
  });

  test('do not keep the process alive, and start even in a program that never yields', () => {
    const program = `
      import { compile, fromTypedArray, variable } from '@nn/tensor';
      import { wasm } from '@nn/tensor/wasm';
      import { threads } from '@nn/tensor/wasm/threads';
      // How often this thread has taken rows of a loop. Alone it takes all chunks and finds none in a last attempt.
      let taken = 0;
      const add = Atomics.add.bind(Atomics);
      Atomics.add = (words, at, by) => ((taken += at === 32 ? 1 : 0), add(words, at, by));
      const x = fromTypedArray(new Float32Array(1e6).map((_, at) => Math.sin(at)), [1000, 1000]);
      const weight = variable(x);
      const step = compile((x) => weight.assign(weight.add(x.tanh())), wasm({ threads: threads(2) }));
      step(x);
      const alone = taken;
      do {
        taken = 0;
        step(x);
      } while (taken >= alone);
      console.log('helped');
    `;
    const words = ['--conditions=@nn/source', '--input-type=module', '--eval', program];
    const printed = execFileSync(process.execPath, words, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      timeout: 50_000,
    });
    expect(printed).toBe('helped\n');
  });
});
