import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ProcessPlayer } from '../src/player.ts';
import type { Answer } from '../src/protocol.ts';
import type { Task } from '../src/task.ts';

const serve = join(import.meta.dirname, '../src/serve.ts');
const contestants = join(import.meta.dirname, 'planted/contestant.ts');
const x = { shape: [1, 1], data: new Float32Array([1]) };
const task: Task = { kind: 'softmax', x };
const within = 60_000;

const players: ProcessPlayer[] = [];
afterEach(() => players.splice(0).forEach((player) => player.leave()));

function start(command: readonly [string, ...string[]]): ProcessPlayer {
  const player = new ProcessPlayer('planted', command, process.env);
  players.push(player);
  return player;
}

const planted = (variant: string): ProcessPlayer => start([process.execPath, serve, contestants, variant]);
const prepare = (player: ProcessPlayer, given: Task = task, patience = within): Promise<Answer> =>
  player.ask({ ask: 'prepare', task: given }, patience);

test('a contestant prepares, shows its result, and runs', async () => {
  const player = planted('good');
  expect(await prepare(player)).toEqual({ answer: 'ready' });
  expect(await player.ask({ ask: 'result' }, within)).toEqual({ answer: 'result', numbers: [7] });
  const ran = (await player.ask({ ask: 'run', milliseconds: 1 }, within)) as Extract<Answer, { answer: 'ran' }>;
  expect(ran.units).toBeGreaterThan(0);
  // Time in which the process was not scheduled is not counted, so it may be shorter than requested.
  expect(ran.milliseconds).toBeGreaterThan(0);
});

test('what its library prints is not taken for an answer', async () => {
  expect(await prepare(planted('talkative'))).toEqual({ answer: 'ready' });
});

test('a task of another kind is none for it', async () => {
  expect(await prepare(planted('good'), { kind: 'matmul', a: x, b: x })).toEqual({ answer: 'passes' });
});

test('a package that is missing makes it absent, with the first line of the reason', async () => {
  expect(await prepare(planted('uninstalled'))).toEqual({ answer: 'absent', reason: "Cannot find package 'peer'" });
});

test('an error is told as its message', async () => {
  expect(await prepare(planted('failing'))).toEqual({ answer: 'failed', reason: 'softmax is not for me' });
});

test('a question out of turn is an error', async () => {
  const answer = await planted('good').ask({ ask: 'result' }, within);
  expect(answer).toEqual({ answer: 'failed', reason: 'Asked for "result" before anything was prepared.' });
});

test.each(['hanging', 'busy'])('a %s one is ended after the time it was given, and stays so', async (variant) => {
  const player = planted(variant);
  await expect(prepare(player, task, 300)).rejects.toThrow('did not answer "prepare" within 0.3 s');
  await expect(player.ask({ ask: 'result' }, within)).rejects.toThrow('did not answer "prepare" within 0.3 s');
});

test('one that ends is reported with its code and its last complaint, then and later', async () => {
  const player = planted('ending');
  await expect(prepare(player)).rejects.toThrow('ended with code 3: something broke');
  await expect(prepare(player)).rejects.toThrow('ended with code 3: something broke');
});

test('a program that does not exist makes it absent, then and later', async () => {
  const player = start(['/no/such/program']);
  const absent = { answer: 'absent', reason: '/no/such/program cannot be started: ENOENT' };
  expect(await prepare(player)).toEqual(absent);
  expect(await prepare(player)).toEqual(absent);
});

test('an answer that is no message is reported', async () => {
  const player = start([process.execPath, '-e', 'process.stdin.on("data", () => console.log("what?"))']);
  await expect(prepare(player)).rejects.toThrow('answered with something that is no message: what?');
});
