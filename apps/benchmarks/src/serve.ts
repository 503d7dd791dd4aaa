// The process of one contestant: `node serve.ts FILE [VARIANT]` answers the coordinator's requests, line by line, with
// what FILE exports as `contestant`. Whatever the contestant's library prints goes to the error stream.
import { createInterface } from 'node:readline';
import type { Contestant, Job } from './contestant.ts';
import type { Answer, Request } from './protocol.ts';
import type { Task } from './task.ts';
import { takeTurn } from './turn.ts';
import { fromLine, toLine } from './wire.ts';

const [file, variant] = process.argv.slice(2);
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

let job: Job | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  write(toLine(await answer(fromLine(line) as Request).catch(failure)));
}
// A library's own workers must not keep the process.
process.exit();

async function answer(request: Request): Promise<Answer> {
  if (request.ask === 'prepare') return prepare(request.task);
  if (!job) throw new Error(`Asked for "${request.ask}" before anything was prepared.`);
  if (request.ask === 'result') {
    const numbers = await job.result();
    return { answer: 'result', numbers: ArrayBuffer.isView(numbers) ? numbers : Array.from(numbers) };
  }
  return { answer: 'ran', ...(await takeTurn(job, request.milliseconds)) };
}

async function prepare(task: Task): Promise<Answer> {
  let contestant: Contestant;
  try {
    const module = (await import(file!)) as { contestant(variant?: string): Contestant | Promise<Contestant> };
    contestant = await module.contestant(variant);
  } catch (error) {
    return { answer: 'absent', reason: (error as Error).message.split('\n')[0]! };
  }
  const make = contestant[task.kind] as ((task: Task) => ReturnType<NonNullable<Contestant['training']>>) | undefined;
  job = await make?.(task);
  return { answer: job ? 'ready' : 'passes' };
}

function failure(error: unknown): Answer {
  return { answer: 'failed', reason: error instanceof Error ? error.message : String(error) };
}
