import { parentPort, workerData } from 'node:worker_threads';
import type { Message } from '../src/wasm/threads/protocol.ts';
import { jsFunctionNamed, type JsFunctionOf, WorkerLoop } from '../src/wasm/threads/worker.ts';

/** What laws do in a worker: what they should, or what must not happen. */
export type Fault = 'none' | 'ends' | 'is stuck' | 'refuses';

const laws: Readonly<Record<Fault, JsFunctionOf>> = {
  none: (name) => jsFunctionNamed(name) ?? ((row) => row),
  ends: () => () => process.exit(),
  'is stuck': () => () => {
    for (;;);
  },
  refuses: () => (row) => {
    throw new RangeError(`row ${row} in a worker`);
  },
};

const server = new WorkerLoop(laws[workerData as Fault]);
parentPort?.on('message', (message: Message) => server.take(message));
