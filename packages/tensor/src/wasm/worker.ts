import type { Message } from './threads/message.ts';
import { Server } from './threads/serve.ts';
import { lawNamed } from './law-named.ts';

// What runs in a worker, of Node or of a browser. Loaded by the main thread it does nothing.

interface Port {
  on(event: 'message', take: (message: Message) => void): void;
}

const { process, WorkerGlobalScope } = globalThis as {
  process?: { getBuiltinModule?(name: string): { readonly parentPort: Port | null } | undefined };
  WorkerGlobalScope?: unknown;
};
const server = new Server(lawNamed);
const port = process?.getBuiltinModule?.('node:worker_threads')?.parentPort;
if (port) port.on('message', (message) => server.take(message));
else if (WorkerGlobalScope) addEventListener('message', ({ data }) => server.take(data as Message));
