import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker as NodeWorker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../test/faulty-worker.ts';
import { WorkerLostError } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { elementwiseOperations } from '../../operations/index.ts';
import { operations } from '../../operations/index.ts';
import type { Local } from '../assembler/function-body.ts';
import { ModuleAssembler } from '../assembler/module.ts';
import * as op from '../assembler/opcode.ts';
import { f64, i32 } from '../assembler/opcode.ts';
import { startWorker } from './index.ts';
import { Pool, type SharedProgram, type StartWorker, type Worker } from './pool.ts';
import type { Message } from './protocol.ts';
import { functionOfCall } from './worker-loop.ts';

const rows = 40;
const words = 1000;
const loops = [{ rows, chunk: 3 }];
let ids = 0;

interface CountingProgram extends SharedProgram {
  /** The words that the loop has written, row by row. Reading resets them. */
  results(): Int32Array;
}

/** A program whose only loop calls a JavaScript function and then adds row + 1 to each word of the row. */
function counting(threads: number, callJs: (row: number) => number = (row) => row): CountingProgram {
  const module = new ModuleAssembler();
  const call = module.import('callJs', [i32, f64, f64, f64], [f64]);
  const f = module.function([i32, i32], [], 'share0');
  const [begin, end] = f.parameters as [Local, Local];
  const [address, unused] = [f.local(i32), f.local(f64)];
  f.loop();
  f.i32(0).get(begin).do(op.f64_convert_i32_s).f64(0).f64(0).call(call).set(unused);
  f.get(begin)
    .i32(words * 4)
    .do(op.i32_mul)
    .set(address);
  const all = f.times(words);
  f.get(address).get(address).memory(op.i32_load).get(begin).plus(1).do(op.i32_add);
  f.memory(op.i32_store).move(address, 4).next(all);
  f.move(begin, 1).get(begin).get(end).do(op.i32_lt_s).again();
  const memory = new WebAssembly.Memory({ initial: 3, maximum: 3, shared: true });
  const compiled = new WebAssembly.Module(module.bytes(3, true));
  const js = { memory, callJs: (_: number, row: number) => callJs(row) };
  const run = new WebAssembly.Instance(compiled, { js }).exports['share0'] as (begin: number, end: number) => void;
  return {
    id: ids++,
    module: compiled,
    memory,
    jsCalls: [{ operation: -1, dtype: 'float64' }],
    threads,
    loops,
    run: (_, begin, end) => run(begin, end),
    results() {
      const all = new Int32Array(memory.buffer);
      const written = all.slice(0, rows * words);
      all.fill(0);
      return written;
    },
  };
}

const wanted = Int32Array.from({ length: rows * words }, (_, at) => Math.floor(at / words) + 1);

const started: Worker[] = [];
afterEach(async () => {
  for (const worker of started.splice(0)) await worker.terminate();
});

/** Starts workers with these faults, one after the other, and afterwards workers without faults. */
function starting(...faults: readonly Fault[]): StartWorker {
  let count = 0;
  return (ended) => startFile('../../../test/faulty-worker.ts', ended, faults[count++]);
}

function startFile(file: string, ended: () => void, fault: Fault = 'none'): Worker {
  const worker = new NodeWorker(new URL(file, import.meta.url), { workerData: fault, execArgv: [] });
  worker.unref();
  worker.on('error', ended);
  worker.on('exit', ended);
  started.push(worker);
  return worker;
}

/** Runs the loop until workers take part, which they do when they have started. */
async function shareUntilHelped(pool: Pool, program: CountingProgram): Promise<void> {
  let own = 0;
  const counted: SharedProgram = {
    ...program,
    run: (loop, begin, end) => {
      own += end - begin;
      program.run(loop, begin, end);
    },
  };
  do {
    own = 0;
    program.results();
    pool.share(counted, 0);
    await setImmediate();
  } while (own === rows);
}

describe('a pool of workers', () => {
  test('runs every row once, before the workers have started and after', async () => {
    const pool = new Pool(starting());
    const program = counting(3);
    pool.share(program, 0);
    expect(program.results()).toEqual(wanted);
    await shareUntilHelped(pool, program);
    expect(program.results()).toEqual(wanted);
    // On a busy machine the second worker starts late: the loop repeats until it is ready.
    for (let turn = 0; turn < 1000 || pool.ready < 2; turn++) {
      pool.share(program, 0);
      expect(Buffer.compare(Buffer.from(program.results().buffer), Buffer.from(wanted.buffer))).toBe(0);
      if (pool.ready < 2) await setImmediate();
    }
    expect(started.length).toBe(2);
  });

  test('starts as many workers as the program with the most threads needs, and no more', async () => {
    const pool = new Pool(starting());
    await shareUntilHelped(pool, counting(2));
    expect(started.length).toBe(1);
    const program = counting(4);
    await shareUntilHelped(pool, program);
    expect(started.length).toBe(3);
    expect(program.results()).toEqual(wanted);
    const alone = counting(1);
    pool.share(alone, 0);
    expect(alone.results()).toEqual(wanted);
    expect(started.length).toBe(3);
  });

  test('runs workers from the file of the package', async () => {
    const pool = new Pool((ended) => {
      const worker = startWorker(ended);
      started.push(worker);
      return worker;
    });
    // The called operation is unknown there, so the worker leaves this program to the main thread.
    const program = counting(2);
    while (pool.ready === 0) {
      pool.share(program, 0);
      expect(program.results()).toEqual(wanted);
      await setImmediate();
    }
    pool.share(program, 0);
    expect(program.results()).toEqual(wanted);
  });

  test.each(['ends', 'is stuck'] as const)(
    'throws when a worker %s in the middle of its rows, and then starts new workers',
    async (fault) => {
      const pool = new Pool(starting(fault));
      const program = counting(2);
      await expect(shareUntilHelped(pool, program)).rejects.toThrow(
        new WorkerLostError(
          'wasm: a worker did not finish its part of the step within a second: it has ended or is stuck. ' +
            'Variables have the values from before the call. Call again to start new workers, or compile with one thread.',
        ),
      );
      const again = counting(2);
      await shareUntilHelped(pool, again);
      expect(again.results()).toEqual(wanted);
      expect(started.length).toBe(2);
    },
  );

  test('starts new workers when some end between two loops', async () => {
    const pool = new Pool(starting());
    const program = counting(3);
    await shareUntilHelped(pool, program);
    await started[0]!.terminate();
    program.results();
    pool.share(program, 0);
    expect(program.results()).toEqual(wanted);
    await shareUntilHelped(pool, program);
    expect(program.results()).toEqual(wanted);
    expect(started.length).toBe(4);
  });

  test.each([
    ['cannot be found', (ended: () => void) => startFile('./missing.ts', ended)],
    [
      'is not allowed',
      () => {
        throw new Error('not allowed');
      },
    ],
  ])('runs all rows on the main thread when the file of the workers %s', async (_, start) => {
    const pool = new Pool(start);
    const program = counting(2);
    while (!pool.unavailable) {
      pool.share(program, 0);
      expect(program.results()).toEqual(wanted);
      await setImmediate();
    }
    const tried = started.length;
    pool.share(program, 0);
    expect(program.results()).toEqual(wanted);
    expect(started.length).toBe(tried);
  });

  test('throws when any thread throws an error in its rows, and can be used again', async () => {
    const pool = new Pool(starting('refuses'));
    const program = counting(2);
    await expect(shareUntilHelped(pool, program)).rejects.toThrow('a thread threw an error in its rows of a loop');
    const refusing = counting(1, () => {
      throw new RangeError('no row');
    });
    expect(() => pool.share(refusing, 0)).toThrow('a thread threw an error in its rows of a loop');
    const alone = counting(1);
    pool.share(alone, 0);
    expect(alone.results()).toEqual(wanted);
    expect(started.length).toBe(1);
  });
});

describe('a worker', () => {
  test('finds every elementwise operation by its index in the table', () => {
    const all = Object.values<Operation>(operations).filter(({ kind }) => kind === 'elementwise');
    expect(new Set<Operation>(elementwiseOperations)).toEqual(new Set(all));
    const at = elementwiseOperations.indexOf(operations.pow);
    expect(functionOfCall({ operation: at, dtype: 'float64' })!(2, 10, 0)).toBe(1024);
    expect(functionOfCall({ operation: -1, dtype: 'float64' })).toBeUndefined();
  });
});

describe('a program', () => {
  /** A pool whose worker only records what is posted to it. */
  function recordingPool(): { readonly pool: Pool; readonly posted: string[] } {
    const posted: string[] = [];
    const postMessage = (message: Message): void => {
      if ('program' in message) posted.push(`program ${message.program.id}`);
      if ('forget' in message) posted.push(`forget ${message.forget}`);
    };
    return { pool: new Pool(() => ({ postMessage, terminate: () => undefined })), posted };
  }

  test('is posted to workers once; the oldest of more than 16 is dropped, and posted again when it runs', () => {
    const { pool, posted } = recordingPool();
    const programs = Array.from({ length: 17 }, () => counting(2));
    for (const program of programs.slice(0, 16)) for (let turn = 0; turn < 2; turn++) pool.share(program, 0);
    expect(posted.splice(0)).toEqual(programs.slice(0, 16).map(({ id }) => `program ${id}`));
    const [first, second, last] = [programs[0]!, programs[1]!, programs[16]!];
    pool.share(last, 0);
    expect(posted.splice(0)).toEqual([`forget ${first.id}`, `program ${last.id}`]);
    pool.share(first, 0);
    expect(posted.splice(0)).toEqual([`forget ${second.id}`, `program ${first.id}`]);
  });

  test('is dropped by workers after it has been garbage-collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { pool, posted } = recordingPool();
    const kept = counting(2);
    pool.share(kept, 0);
    const lost = ((): number => {
      const program = counting(2);
      pool.share(program, 0);
      return program.id;
    })();
    while (!posted.includes(`forget ${lost}`)) {
      collect();
      await setImmediate();
    }
    expect(posted).not.toContain(`forget ${kept.id}`);
  });
});
