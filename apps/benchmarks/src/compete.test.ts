import { describe, expect, test } from 'vitest';
import { compete, type Entry } from './compete.ts';
import type { Answer, Request } from './protocol.ts';
import type { Workload } from './workload.ts';

const workload: Workload = {
  name: 'three',
  title: 'gives three',
  task: () => ({ kind: 'softmax', x: { shape: [1, 1], data: new Float32Array(1) } }),
  expected: (_, rowByRow) => (rowByRow ? [30] : [3]),
  tolerance: { relative: 0.01, absolute: 0 },
};

const pace = { rounds: 5, milliseconds: 10, patience: 1000 };

interface Planted {
  readonly result?: readonly number[];
  /** Milliseconds per unit. */
  readonly unit?: number;
  readonly answers?: Answers;
}

type Answers = Partial<Record<Request['ask'], () => Answer>>;

/** A contestant that says how long it took, without taking it. */
function planted(name: string, { result = [3], unit = 1, answers = {} }: Planted = {}, log: string[] = []): Entry {
  const usual: Record<Request['ask'], () => Answer> = {
    prepare: () => ({ answer: 'ready' }),
    result: () => ({ answer: 'result', numbers: result }),
    run: () => ({ answer: 'ran', units: 10, milliseconds: 10 * unit }),
  };
  return {
    player: {
      name,
      async ask(request) {
        log.push(`${name} ${request.ask}`);
        return (answers[request.ask] ?? usual[request.ask])();
      },
      leave: () => void log.push(`${name} leaves`),
    },
  };
}

const ends = (): never => {
  throw new Error('ended with code 1');
};

test('all show their results before anyone is timed, then have their turns round by round, there and back', async () => {
  const log: string[] = [];
  await compete(workload, [planted('a', {}, log), planted('b', {}, log)], { ...pace, rounds: 3 });
  const results = ['a prepare', 'a result', 'b prepare', 'b result'];
  const warmUp = ['a run', 'b run'];
  const rounds = ['a run', 'b run', 'b run', 'a run', 'a run', 'b run'];
  expect(log).toEqual([...results, ...warmUp, ...rounds, 'a leaves', 'b leaves']);
});

test('time per unit is what counts', async () => {
  const [fast, slow] = await compete(workload, [planted('fast', { unit: 2 }), planted('slow', { unit: 4 })], pace);
  expect(fast).toEqual({ name: 'fast', outcome: 'timed', seconds: 0.002, rounds: Array(5).fill(0.002) });
  expect(slow).toMatchObject({ seconds: 0.004 });
});

test('a slow contestant has its turn in the first three rounds only', async () => {
  const [slow] = await compete(workload, [planted('slow', { unit: 51 })], pace);
  expect(slow).toMatchObject({ outcome: 'timed', rounds: [0.051, 0.051, 0.051, null, null] });
});

describe('who is left out', () => {
  test('a wrong contestant is reported as wrong and not timed', async () => {
    const log: string[] = [];
    const [wrong, right] = await compete(workload, [planted('wrong', { result: [3.04] }, log), planted('right')], pace);
    const reason = 'gives 3.04 instead of 3 at index 0 of its result';
    expect(wrong).toEqual({ name: 'wrong', outcome: 'wrong', reason });
    expect(log).not.toContain('wrong run');
    expect(right).toMatchObject({ outcome: 'timed' });
  });

  test.each([
    ['NaN', [NaN], 'gives NaN instead of 3 at index 0 of its result'],
    ['too few numbers', [], 'gives 0 numbers instead of 1'],
    ['too many numbers', [3, 3], 'gives 2 numbers instead of 1'],
  ])('%s are wrong', async (_, result, reason) => {
    expect(await compete(workload, [planted('x', { result })], pace)).toEqual([
      { name: 'x', outcome: 'wrong', reason },
    ]);
  });

  test('what is off by no more than the tolerance is right', async () => {
    expect(await compete(workload, [planted('x', { result: [3.02] })], pace)).toMatchObject([{ outcome: 'timed' }]);
  });

  test('one that knows no batches is judged by what comes out row by row, within its own tolerance', async () => {
    const entry = { ...planted('x', { result: [32] }), rowByRow: true };
    expect(await compete(workload, [entry], pace)).toMatchObject([{ outcome: 'wrong' }]);
    const wider = { ...entry, tolerance: { relative: 0.1, absolute: 0 } };
    expect(await compete(workload, [wider], pace)).toMatchObject([{ outcome: 'timed' }]);
  });

  test('a limit of the machine has no result to be judged', async () => {
    const limit = { ...planted('limit', { result: [] }), limit: true };
    expect(await compete(workload, [limit], pace)).toMatchObject([{ outcome: 'timed' }]);
  });

  test.each<[string, Answers, object]>([
    ['no task of this kind', { prepare: () => ({ answer: 'passes' }) }, { outcome: 'passes' }],
    [
      'nothing installed',
      { prepare: () => ({ answer: 'absent', reason: 'no such package' }) },
      { outcome: 'absent', reason: 'no such package' },
    ],
    ['an end while it prepares', { prepare: ends }, { outcome: 'dropped', reason: 'ended with code 1' }],
    ['an end in its turn', { run: ends }, { outcome: 'dropped', reason: 'ended with code 1' }],
    [
      'a failure',
      { result: () => ({ answer: 'failed', reason: 'out of memory' }) },
      { outcome: 'dropped', reason: 'out of memory' },
    ],
    [
      'an answer to another question',
      { run: () => ({ answer: 'ready' }) },
      { outcome: 'dropped', reason: 'answers "ready" to "run"' },
    ],
  ])('%s: it leaves, the others go on', async (_, answers, outcome) => {
    const log: string[] = [];
    const standings = await compete(workload, [planted('odd', { answers }, log), planted('other')], pace);
    expect(standings).toMatchObject([
      { name: 'odd', ...outcome },
      { name: 'other', outcome: 'timed' },
    ]);
    expect(log).toContain('odd leaves');
  });
});
