import type { Program } from '../../compile/program.ts';
import type { TypedArray } from '../../dtype.ts';
import { WorkerLostError } from '../../errors.ts';
import { elementwiseOperations } from '../../operations/elementwise.ts';
import type { Buffer } from '../../loops/ir.ts';
import { i32 } from '../assembler/opcode.ts';
import { type AddressOf, type Instance, memoryOf, numbersAt } from '../instance.ts';
import { type ProgramModule, programModule } from '../module.ts';
import type { Plan } from '../plan.ts';
import { type Grain, chunkOf } from './chunks.ts';
import type { Pool, Shareable } from './pool.ts';

/** A loop that threads share: how many rows it has, and how many of them a thread takes at a time. */
export interface Share {
  readonly rows: number;
  readonly chunk: number;
}

/** A module whose large loops threads share: loop N of those is the export `shareN`; `run` calls the import `share` with N. */
export interface SharedModule extends ProgramModule {
  readonly shares: readonly Share[];
}

function sharedModule(plan: Plan, addressOf: AddressOf, grain: Grain | undefined): SharedModule {
  const shares: Share[] = [];
  const module = programModule(plan, addressOf, (assembler) => {
    const share = assembler.import('share', [i32]);
    return (run, index, group) => {
      const { rows } = group;
      const chunk = chunkOf(group, plan.relaxed, grain);
      if (chunk >= rows) {
        run.i32(0).i32(rows).call(index);
        return;
      }
      const at = shares.push({ rows, chunk }) - 1;
      const f = assembler.function([i32, i32], [], `share${at}`);
      for (const parameter of f.parameters) f.get(parameter);
      f.call(index);
      run.i32(at).call(share);
    };
  });
  return { ...module, shares };
}

let programs = 0;

/**
 * A machine whose memory is shared with workers.
 *
 * What is carried is not written over the old value but beside it, and the two buffers change roles after each run. So a
 * run that breaks off, even when a worker is lost in the middle of a loop, has changed nothing. The program is written out
 * twice for this, once for every other run.
 */
export class SharedInstance implements Instance {
  readonly plan: Plan;
  readonly #threads: number;
  readonly #pool: Pool;
  readonly #grain: Grain | undefined;
  /** The addresses that change buffers after each run. */
  readonly #partner = new Map<number, number>();
  #memory: WebAssembly.Memory;
  /** The program for even and for odd runs, and which of them comes next. */
  #runs: ((times: number) => void)[] = [];
  #turn = 0;
  /** Does this thread carry out everything? */
  #alone = false;

  /**
   * @param plan     has no buffers for what is carried but those of its inputs and outputs
   * @param carried  pairs of an input and an output that goes there after each run
   */
  constructor(plan: Plan, carried: Program['carried'], threads: number, pool: Pool, grain: Grain | undefined) {
    this.plan = plan;
    this.#threads = threads;
    this.#pool = pool;
    this.#grain = grain;
    const { schedule, memoryPlan } = plan;
    for (const [input, output] of carried) {
      const [old, made] = [
        memoryPlan.addressOf(schedule.inputs[input]!),
        memoryPlan.addressOf(schedule.outputs[output]!),
      ];
      this.#partner.set(old, made).set(made, old);
    }
    this.#memory = memoryOf(plan.pages, true);
    // Now, so that what is refused is refused before the first run.
    this.#runs[0] = this.#link(0);
  }

  readonly doubleBuffered = true;

  readonly numbers = (buffer: Buffer): TypedArray =>
    numbersAt(this.#memory, buffer, this.#addresses(this.#turn)(buffer));

  readonly run = (times: number): void => {
    for (let left = times; left > 0; left--) this.#run();
  };

  #run(): void {
    try {
      this.#runProgram();
    } catch (error) {
      // A lost worker may not be dead: it may go on writing, but no longer where we look.
      if (error instanceof WorkerLostError) {
        const { buffer } = this.#memory;
        this.#memory = memoryOf(this.plan.pages, true);
        new Int32Array(this.#memory.buffer).set(new Int32Array(buffer));
        this.#runs = [];
        throw error;
      }
      // Which thread meets an error first is chance. Nothing has changed: alone, the run meets the same one every time.
      this.#alone = true;
      this.#runProgram();
    } finally {
      this.#alone = false;
    }
  }

  #runProgram(): void {
    (this.#runs[this.#turn] ??= this.#link(this.#turn))(1);
    this.#turn = 1 - this.#turn;
  }

  #addresses(turn: number): AddressOf {
    const { addressOf } = this.plan.memoryPlan;
    if (turn === 0) return addressOf;
    return (buffer) => {
      const address = addressOf(buffer);
      return this.#partner.get(address) ?? address;
    };
  }

  #link(turn: number): (times: number) => void {
    const memory = this.#memory;
    const addressOf = this.#addresses(turn);
    const written = sharedModule(this.plan, addressOf, this.#grain);
    const { assembler, imports, jsCalls, constants, shares } = written;
    constants.fill(memory);
    const compiled = new WebAssembly.Module(assembler.bytes(this.plan.pages, true));
    const share = (loop: number): void => {
      if (this.#alone) program.run(loop, 0, shares[loop]!.rows);
      else this.#pool.share(program, loop);
    };
    const numbers = (buffer: Buffer): TypedArray => numbersAt(memory, buffer, addressOf(buffer));
    const { exports } = new WebAssembly.Instance(compiled, { js: { ...imports(numbers), memory, share } });
    const loops = shares.map((_, loop) => exports[`share${loop}`] as (begin: number, end: number) => void);
    const program: Shareable = {
      id: programs++,
      module: compiled,
      memory,
      jsCalls: jsCalls.calls.map(({ operation, dtype }) => ({
        operation: elementwiseOperations.indexOf(operation),
        dtype,
      })),
      threads: this.#threads,
      shares,
      run: (loop, begin, end) => loops[loop]!(begin, end),
    };
    return exports['run'] as (times: number) => void;
  }
}
