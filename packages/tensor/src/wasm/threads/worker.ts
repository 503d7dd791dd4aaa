import type { Message } from './protocol.ts';
import { functionOfCall, WorkerLoop } from './worker-loop.ts';

// The entry point of a worker, in Node or in a browser. In the main thread it does nothing.

interface Port {
  on(event: 'message', listener: (message: Message) => void): void;
}

const { process, WorkerGlobalScope } = globalThis as {
  process?: { getBuiltinModule?(name: string): { readonly parentPort: Port | null } | undefined };
  WorkerGlobalScope?: unknown;
};
const loop = new WorkerLoop(functionOfCall);
const port = process?.getBuiltinModule?.('node:worker_threads')?.parentPort;
if (port) port.on('message', (message) => loop.receive(message));
else if (WorkerGlobalScope) addEventListener('message', ({ data }) => loop.receive(data as Message));
