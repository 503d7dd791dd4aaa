import { parentPort, workerData } from 'node:worker_threads';
import { lawNamed } from '../src/wasm/law-named.ts';
import { type LawOf, Server } from '../src/wasm/threads/serve.ts';
import type { Message } from '../src/wasm/threads/message.ts';

/** What laws do in a worker: what they should, or what must not happen. */
export type Fault = 'none' | 'ends' | 'is stuck' | 'refuses';

const laws: Readonly<Record<Fault, LawOf>> = {
  none: (name) => lawNamed(name) ?? ((row) => row),
  ends: () => () => process.exit(),
  'is stuck': () => () => {
    for (;;);
  },
  refuses: () => (row) => {
    throw new RangeError(`row ${row} in a worker`);
  },
};

const server = new Server(laws[workerData as Fault]);
parentPort?.on('message', (message: Message) => server.take(message));
