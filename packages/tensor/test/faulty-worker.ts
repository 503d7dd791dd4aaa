import { parentPort, workerData } from 'node:worker_threads';
import type { Message } from '../src/wasm/threads/protocol.ts';
import { functionOfCall, type FunctionOfCall, WorkerLoop } from '../src/wasm/threads/worker-loop.ts';

/** How calls of JavaScript fail in a worker. */
export type Fault = 'none' | 'ends' | 'is stuck' | 'refuses';

const functions: Readonly<Record<Fault, FunctionOfCall>> = {
  none: (call) => functionOfCall(call) ?? ((row) => row),
  ends: () => () => process.exit(),
  'is stuck': () => () => {
    for (;;);
  },
  refuses: () => (row) => {
    throw new RangeError(`row ${row} in a worker`);
  },
};

const loop = new WorkerLoop(functions[workerData as Fault]);
parentPort?.on('message', (message: Message) => loop.receive(message));
