import { arrays, type TypedArray } from '../dtype.ts';
import { ShapeError } from '../errors.ts';
import type { Buffer } from '../loops/ir.ts';
import { programModule } from './module.ts';
import { pageSize, type Plan } from './plan.ts';

/**
 * Allocates the memory of a module, shared among threads or not.
 *
 * @throws ShapeError when it cannot be allocated: a module has at most 65,536 pages, 4 GiB
 */
export function memoryOf(pages: number, shared = false): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    throw new ShapeError(
      `There is no memory for the ${pages * pageSize} bytes of the program: a module has at most 4 GiB. ` +
        `Work in smaller batches or without compile.`,
    );
  }
}

/** The address of a buffer in memory, in bytes. */
export type AddressOf = (buffer: Buffer) => number;

/** An instance of a module and its memory. */
export interface Instance {
  readonly plan: Plan;
  /** The elements of a buffer, as a view of the memory. */
  readonly numbers: (buffer: Buffer) => TypedArray;
  /** Whether the buffers of variables swap addresses after each run. */
  readonly doubleBuffered: boolean;
  /** Runs the program `times` times. If it throws, its inputs have the values after the last complete run. */
  readonly run: (times: number) => void;
}

/** The elements of a buffer, as a view of the memory. A bool takes a whole word there. */
export function numbersAt({ buffer }: WebAssembly.Memory, { dtype, size }: Buffer, address: number): TypedArray {
  return new arrays[dtype === 'bool' ? 'int32' : dtype](buffer, address, size);
}

/** An instance that runs on one thread. */
export function singleInstance(plan: Plan): Instance {
  const { assembler, imports, constants } = programModule(plan);
  const memory = memoryOf(plan.pages);
  constants.fill(memory);
  const compiled = new WebAssembly.Module(assembler.bytes(plan.pages));
  const numbers = (buffer: Buffer): TypedArray => numbersAt(memory, buffer, plan.memoryPlan.addressOf(buffer));
  const { exports } = new WebAssembly.Instance(compiled, { js: { ...imports(numbers), memory } });
  return {
    plan,
    numbers,
    doubleBuffered: false,
    run: exports['run'] as Instance['run'],
  };
}
