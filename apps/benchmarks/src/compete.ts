import type { Player } from './player.ts';
import type { Answer, Request } from './protocol.ts';
import { median } from './statistics.ts';
import type { Task } from './task.ts';
import { fault, type Tolerance, type Workload } from './workload.ts';

/** Who takes part, and how its results are judged. */
export interface Entry {
  readonly player: Player;
  /** Its weights move after every row: it knows no batches. */
  readonly rowByRow?: boolean;
  /** Wider than that of the workload, where its method differs for a stated reason. */
  readonly tolerance?: Tolerance;
  /** It shows what the machine can do, and has no result. */
  readonly limit?: boolean;
}

/** How one contestant came off. */
export type Standing =
  | {
      readonly name: string;
      readonly outcome: 'timed';
      /** Seconds per unit, the median over the rounds. */
      readonly seconds: number;
      /** Seconds per unit in each round; null where it did not have its turn. */
      readonly rounds: readonly (number | null)[];
    }
  /** It cannot do this task. */
  | { readonly name: string; readonly outcome: 'passes' }
  | { readonly name: string; readonly outcome: 'absent' | 'wrong' | 'dropped'; readonly reason: string };

export interface Pace {
  readonly rounds: number;
  /** About how long a turn lasts. */
  readonly milliseconds: number;
  /** How long a contestant may take beyond that before it is dropped. */
  readonly patience: number;
}

/** One that needs more than so many turns for one unit is slow. */
const slowTurns = 5;
/** A slow contestant has its turn in the first rounds only, so that the others need not wait for it. */
const slowRounds = 3;

/**
 * Lets contestants do the same work: first each shows that its result is right, then each runs for a while to warm up,
 * then they have their turns round by round, every other round in reverse.
 *
 * A contestant that is wrong, fails, ends, or does not answer is dropped, with the reason.
 */
export async function compete(
  workload: Workload,
  entries: readonly Entry[],
  { rounds, milliseconds, patience }: Pace,
): Promise<Standing[]> {
  const task = workload.task();
  const expected = expectedResults(workload, task);
  const out = new Map<Entry, Standing>();
  const times = new Map(entries.map((entry) => [entry, [] as (number | null)[]]));

  const ask = async <Kind extends Answer['answer']>(entry: Entry, request: Request, wanted: Kind, within: number) => {
    const { name } = entry.player;
    try {
      const answer = await entry.player.ask(request, within);
      if (answer.answer === wanted) return answer as Extract<Answer, { answer: Kind }>;
      if (answer.answer === 'passes') out.set(entry, { name, outcome: 'passes' });
      else if (answer.answer === 'absent') out.set(entry, { name, outcome: 'absent', reason: answer.reason });
      else
        throw new Error(answer.answer === 'failed' ? answer.reason : `answers "${answer.answer}" to "${request.ask}"`);
    } catch (error) {
      out.set(entry, { name, outcome: 'dropped', reason: (error as Error).message });
    }
    entry.player.leave();
    return undefined;
  };
  const takesPart = (entry: Entry): boolean => !out.has(entry);
  const turn = async (entry: Entry, length: number): Promise<number | undefined> => {
    const ran = await ask(entry, { ask: 'run', milliseconds: length }, 'ran', length + patience);
    return ran && Number((ran.milliseconds / 1000 / ran.units).toPrecision(6));
  };

  for (const entry of entries) {
    if (!(await ask(entry, { ask: 'prepare', task }, 'ready', patience))) continue;
    const result = await ask(entry, { ask: 'result' }, 'result', patience);
    if (!result || entry.limit) continue;
    const right = await expected(entry.rowByRow ?? false);
    const reason = fault(result.numbers, right, entry.tolerance ?? workload.tolerance);
    if (reason === undefined) continue;
    out.set(entry, { name: entry.player.name, outcome: 'wrong', reason });
    entry.player.leave();
  }

  const slow = new Set<Entry>();
  for (const entry of entries.filter(takesPart)) {
    const seconds = await turn(entry, 2 * milliseconds);
    if (seconds !== undefined && seconds * 1000 > slowTurns * milliseconds) slow.add(entry);
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of round % 2 === 0 ? entries : entries.toReversed()) {
      const rests = slow.has(entry) && round >= slowRounds;
      if (takesPart(entry)) times.get(entry)!.push(rests ? null : ((await turn(entry, milliseconds)) ?? null));
    }
  }
  for (const { player } of entries) player.leave();

  return entries.map((entry) => {
    const each = times.get(entry)!;
    return (
      out.get(entry) ?? {
        name: entry.player.name,
        outcome: 'timed',
        seconds: median(each.filter((seconds) => seconds !== null)),
        rounds: each,
      }
    );
  });
}

/** The expected results, computed when needed, once for each way of updating the weights. */
function expectedResults(workload: Workload, task: Task): (rowByRow: boolean) => Promise<ArrayLike<number>> {
  const known = new Map<boolean, Promise<ArrayLike<number>>>();
  return (rowByRow) => {
    const result = known.get(rowByRow) ?? Promise.resolve(workload.expected(task, rowByRow));
    known.set(rowByRow, result);
    return result;
  };
}
