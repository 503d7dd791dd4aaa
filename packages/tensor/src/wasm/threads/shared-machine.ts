import type { TypedArray } from '../../dtype.ts';
import { WorkerLostError } from '../../error.ts';
import type { Place } from '../../loops/lens.ts';
import type { Program } from '../../program.ts';
import { type AddressOf, type Machine, memoryOf, numbersAt } from '../machine.ts';
import type { Plan } from '../plan.ts';
import type { Pool, Shareable } from './pool.ts';
import type { Grain } from './portions.ts';
import { sharedModule } from './shared-module.ts';

let programs = 0;

/**
 * A machine whose memory is shared with workers.
 *
 * What is carried is not written over the old value but beside it, and the two places change roles after each run. So a
 * run that breaks off, even when a worker is lost in the middle of a loop, has changed nothing. The program is written out
 * twice for this, once for every other run.
 */
export class SharedMachine implements Machine {
  readonly plan: Plan;
  readonly #threads: number;
  readonly #pool: Pool;
  readonly #grain: Grain | undefined;
  /** The addresses that change places after each run. */
  readonly #partner = new Map<number, number>();
  #memory: WebAssembly.Memory;
  /** The program for even and for odd runs, and which of them comes next. */
  #runs: ((times: number) => void)[] = [];
  #turn = 0;
  /** Does this thread carry out everything? */
  #alone = false;

  /**
   * @param plan     has no places for what is carried but those of its inputs and outputs
   * @param carried  pairs of an input and an output that goes there after each run
   */
  constructor(plan: Plan, carried: Program['carried'], threads: number, pool: Pool, grain: Grain | undefined) {
    this.plan = plan;
    this.#threads = threads;
    this.#pool = pool;
    this.#grain = grain;
    const { schedule, layout } = plan;
    for (const [input, output] of carried) {
      const [old, made] = [layout.addressOf(schedule.inputs[input]!), layout.addressOf(schedule.outputs[output]!)];
      this.#partner.set(old, made).set(made, old);
    }
    this.#memory = memoryOf(plan.pages, true);
    // Now, so that what is refused is refused before the first run.
    this.#runs[0] = this.#link(0);
  }

  readonly moves = true;

  readonly numbers = (place: Place): TypedArray => numbersAt(this.#memory, place, this.#addresses(this.#turn)(place));

  readonly run = (times: number): void => {
    for (let left = times; left > 0; left--) this.#run();
  };

  #run(): void {
    try {
      this.#carryOut();
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
      this.#carryOut();
    } finally {
      this.#alone = false;
    }
  }

  #carryOut(): void {
    (this.#runs[this.#turn] ??= this.#link(this.#turn))(1);
    this.#turn = 1 - this.#turn;
  }

  #addresses(turn: number): AddressOf {
    const { addressOf } = this.plan.layout;
    if (turn === 0) return addressOf;
    return (place) => {
      const address = addressOf(place);
      return this.#partner.get(address) ?? address;
    };
  }

  #link(turn: number): (times: number) => void {
    const memory = this.#memory;
    const written = sharedModule(this.plan, this.#addresses(turn), this.#grain);
    const { assembler, imports, laws, constants, shares } = written;
    constants.fill(memory);
    const compiled = new WebAssembly.Module(assembler.bytes(this.plan.pages, true));
    const share = (loop: number): void => {
      if (this.#alone) program.run(loop, 0, shares[loop]!.rows);
      else this.#pool.share(program, loop);
    };
    const { exports } = new WebAssembly.Instance(compiled, { js: { ...imports, memory, share } });
    const loops = shares.map((_, loop) => exports[`share${loop}`] as (begin: number, end: number) => void);
    const program: Shareable = {
      id: programs++,
      module: compiled,
      memory,
      laws: laws.names,
      threads: this.#threads,
      shares,
      run: (loop, begin, end) => loops[loop]!(begin, end),
    };
    return exports['run'] as (times: number) => void;
  }
}
