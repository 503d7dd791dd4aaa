import { DTypeError } from '../error.ts';
import { fuse } from '../loops/fuse.ts';
import type { MatMulKernel } from '../loops/kernel.ts';
import type { Pass } from '../loops/passes.ts';
import type { Backend, ConstantNode, Executable, Program } from '../program.ts';
import { type Machine, pageSize, SingleMachine } from './machine.ts';
import { stagingBytes } from './many-runs.ts';
import type { Parts } from './parts.ts';
import { ProgramModule } from './program-module.ts';
import { hasRelaxedSimd } from './relaxed.ts';
import type { SharedProgram } from './threads/shared-machine.ts';

/** How the backend is set. */
export interface WasmSettings {
  /** Multiplies and adds apart everywhere, so that results do not depend on the machine; up to a fifth slower. */
  readonly deterministic?: boolean;
  /** Lets threads share large loops: `threads(2)` from '@nn/tensor/wasm/threads'. Results keep the same bits. */
  readonly threads?: Threads;
}

/** What lets threads share large loops; `threads` from '@nn/tensor/wasm/threads' makes it. */
export interface Threads {
  /** What a listing says of them: how many there are, or why there is one, for a program with loops to share or without. */
  note(shared: boolean): string;
  /** How many rows of a pass a thread takes at a time; all of them when the pass is left to one thread. */
  portionOf(pass: Pass, relaxed: boolean): number;
  /** The same for the copying of a second matrix into panels. */
  panelsOf(kernel: MatMulKernel, panels: number): number;
  /** A machine that carries a program out. */
  machine(program: SharedProgram): Machine;
}

/** Carries programs out, as it is or as it is set. */
export interface Wasm {
  (program: Program): Executable;
  (settings: WasmSettings): Backend;
}

/** A backend that is put together from parts. */
export function backend(parts: Parts): Wasm {
  return ((given: Program | WasmSettings) => {
    if ('nodes' in given) return executable(given, parts, {});
    if (typeof given.threads === 'number') {
      throw new DTypeError(
        `wasm: threads are ${String(given.threads)}. Write threads(2), with threads from '@nn/tensor/wasm/threads'.`,
      );
    }
    return (program: Program) => executable(program, parts, given);
  }) as Wasm;
}

function executable(program: Program, parts: Parts, { deterministic = false, threads }: WasmSettings): Executable {
  const { manyRuns, showPass } = parts;
  const staging = manyRuns ? stagingBytes : 0;
  const schedule = fuse(program);
  const relaxed = !deterministic && hasRelaxedSimd();
  const isShared = (pass: Pass): boolean => threads !== undefined && threads.portionOf(pass, relaxed) < pass.rows;
  const team = schedule.passes.some(isShared) ? threads : undefined;
  const module = new ProgramModule(schedule, program, parts, relaxed, team);
  const { addressOf, bytes } = module.layout;
  const pages = Math.ceil((bytes + staging + 64) / pageSize);
  const alone = team ? undefined : new SingleMachine(pages, module);
  const machine: Machine =
    alone ??
    team!.machine({
      pages,
      addressOf,
      carried: program.carried.map(([input, output]) => [schedule.inputs[input]!, schedule.outputs[output]!]),
      write: (own) => new ProgramModule(schedule, program, parts, relaxed, team, module).write(own),
    });
  // What a variable holds is read where a run that breaks off leaves it alone.
  const read = [...schedule.outputs];
  for (const [input, output] of program.carried) read[output] = schedule.inputs[input]!;
  for (const [place, node] of schedule.constants) {
    machine.words.put(place.dtype, addressOf(place), (program.nodes[node] as ConstantNode).data);
  }
  const many: Record<string, Executable['runMany']> = {};
  return {
    write(input, data) {
      const place = schedule.inputs[input]!;
      machine.words.put(place.dtype, machine.addressOf(place), data);
    },
    run: machine.run,
    runMany(count, entries, kept) {
      // Large loops gain nothing by many runs in one call.
      if (!alone || !manyRuns) return false;
      const [inputs, outputs] = [schedule.inputs.slice(0, entries.length), read.slice(0, kept.length)];
      const { words, run } = alone;
      // A module of their own: the first step need not wait for it.
      many[`${inputs.length} ${outputs.length}`] ??= manyRuns(inputs, outputs, addressOf, bytes, words, (loop) =>
        alone.link(loop, { run }),
      );
      return many[`${inputs.length} ${outputs.length}`]!(count, entries, kept);
    },
    read(output, into) {
      const place = read[output]!;
      machine.words.take(place.dtype, machine.addressOf(place), into);
    },
    get listing() {
      const lines = showPass
        ? schedule.passes.map((pass, at) => `${at}${isShared(pass) ? ', shared' : ''}: ${showPass(pass, addressOf)}`)
        : [`${schedule.passes.length} passes, which wasm from '@nn/tensor/wasm' shows`];
      if (threads) lines.unshift(threads.note(team !== undefined));
      return [
        `memory: ${bytes} bytes${manyRuns ? `, and ${staging} for many steps at once` : ''}${relaxed ? ', fused multiply-add' : ''}`,
        ...lines,
      ].join('\n');
    },
  };
}
