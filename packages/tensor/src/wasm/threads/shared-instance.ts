import type { Program } from '../../compile/program.ts';
import type { TypedArray } from '../../dtype.ts';
import { WorkerLostError } from '../../errors.ts';
import { elementwiseOperations } from '../../operations/index.ts';
import type { Buffer } from '../../loops/ir.ts';
import { i32 } from '../assembler/opcode.ts';
import { type AddressOf, type Instance, memoryOf, numbersAt } from '../instance.ts';
import { type ProgramModule, programModule } from '../module.ts';
import type { Plan } from '../plan.ts';
import { type ChunkPolicy, chunkOf } from './chunks.ts';
import type { Pool, SharedProgram } from './pool.ts';

/** A loop that threads share: its rows, and the rows of a chunk. */
export interface SharedLoop {
  readonly rows: number;
  readonly chunk: number;
}

/** A module whose large loops threads share. Shared loop N is the export `shareN`; `run` calls the import `share` with N. */
export interface SharedModule extends ProgramModule {
  readonly loops: readonly SharedLoop[];
}

function sharedModule(plan: Plan, addressOf: AddressOf, policy: ChunkPolicy | undefined): SharedModule {
  const loops: SharedLoop[] = [];
  const module = programModule(plan, addressOf, (assembler) => {
    const share = assembler.import('share', [i32]);
    return (run, index, group) => {
      const { rows } = group;
      const chunk = chunkOf(group, plan.relaxed, policy);
      if (chunk >= rows) {
        run.i32(0).i32(rows).call(index);
        return;
      }
      const at = loops.push({ rows, chunk }) - 1;
      const f = assembler.function([i32, i32], [], `share${at}`);
      for (const parameter of f.parameters) f.get(parameter);
      f.call(index);
      run.i32(at).call(share);
    };
  });
  return { ...module, loops };
}

let programs = 0;

/**
 * An instance whose memory is shared with workers.
 *
 * Variables are double-buffered: a run writes new values into a second buffer, and the two buffers swap after each run. So
 * a run that fails, even when a worker is lost in the middle of a loop, changes no variable. The program is compiled twice
 * for this, once for even and once for odd runs.
 */
export class SharedInstance implements Instance {
  readonly plan: Plan;
  readonly #threads: number;
  readonly #pool: Pool;
  readonly #policy: ChunkPolicy | undefined;
  /** The address of the other buffer for each address of a variable. */
  readonly #swapped = new Map<number, number>();
  #memory: WebAssembly.Memory;
  /** The program for even and for odd runs, and which of them is next. */
  #runs: ((times: number) => void)[] = [];
  #parity = 0;
  /** Whether this thread runs all loops without the workers. */
  #alone = false;

  /**
   * @param plan     a plan that does not place the outputs of `carried` in the buffers of their inputs
   * @param carried  pairs of an input and the output that replaces it after each run
   */
  constructor(plan: Plan, carried: Program['carried'], threads: number, pool: Pool, policy: ChunkPolicy | undefined) {
    this.plan = plan;
    this.#threads = threads;
    this.#pool = pool;
    this.#policy = policy;
    const { schedule, memoryPlan } = plan;
    for (const [input, output] of carried) {
      const [old, made] = [
        memoryPlan.addressOf(schedule.inputs[input]!),
        memoryPlan.addressOf(schedule.outputs[output]!),
      ];
      this.#swapped.set(old, made).set(made, old);
    }
    this.#memory = memoryOf(plan.pages, true);
    // Compiled now, so that errors are thrown before the first run.
    this.#runs[0] = this.#link(0);
  }

  readonly doubleBuffered = true;

  readonly numbers = (buffer: Buffer): TypedArray =>
    numbersAt(this.#memory, buffer, this.#addresses(this.#parity)(buffer));

  readonly run = (times: number): void => {
    for (let left = times; left > 0; left--) this.#run();
  };

  #run(): void {
    try {
      this.#runProgram();
    } catch (error) {
      // A lost worker may still write to the old memory. So the run continues in a copy of it.
      if (error instanceof WorkerLostError) {
        const { buffer } = this.#memory;
        this.#memory = memoryOf(this.plan.pages, true);
        new Int32Array(this.#memory.buffer).set(new Int32Array(buffer));
        this.#runs = [];
        throw error;
      }
      // Which thread fails first is nondeterministic. No variable has changed: repeated on one thread, the run throws the first error.
      this.#alone = true;
      this.#runProgram();
    } finally {
      this.#alone = false;
    }
  }

  #runProgram(): void {
    (this.#runs[this.#parity] ??= this.#link(this.#parity))(1);
    this.#parity = 1 - this.#parity;
  }

  #addresses(parity: number): AddressOf {
    const { addressOf } = this.plan.memoryPlan;
    if (parity === 0) return addressOf;
    return (buffer) => {
      const address = addressOf(buffer);
      return this.#swapped.get(address) ?? address;
    };
  }

  #link(parity: number): (times: number) => void {
    const memory = this.#memory;
    const addressOf = this.#addresses(parity);
    const written = sharedModule(this.plan, addressOf, this.#policy);
    const { assembler, imports, jsCalls, constants, loops } = written;
    constants.fill(memory);
    const compiled = new WebAssembly.Module(assembler.bytes(this.plan.pages, true));
    const share = (loop: number): void => {
      if (this.#alone) program.run(loop, 0, loops[loop]!.rows);
      else this.#pool.share(program, loop);
    };
    const numbers = (buffer: Buffer): TypedArray => numbersAt(memory, buffer, addressOf(buffer));
    const { exports } = new WebAssembly.Instance(compiled, { js: { ...imports(numbers), memory, share } });
    const functions = loops.map((_, loop) => exports[`share${loop}`] as (begin: number, end: number) => void);
    const program: SharedProgram = {
      id: programs++,
      module: compiled,
      memory,
      jsCalls: jsCalls.calls.map(({ operation, dtype }) => ({
        operation: elementwiseOperations.indexOf(operation),
        dtype,
      })),
      threads: this.#threads,
      loops,
      run: (loop, begin, end) => functions[loop]!(begin, end),
    };
    return exports['run'] as (times: number) => void;
  }
}
