import { ShapeError } from '../error.ts';
import type { Place } from '../loops/lens.ts';
import type { ModuleAssembler } from './assembler.ts';
import type { Plan } from './plan.ts';
import { programModule } from './program-module.ts';
import { Words } from './words.ts';

export const pageSize = 65_536;

/**
 * Memory for a module, to be shared among threads or not.
 *
 * @throws ShapeError where there is not so much: a module has 65,536 pages at most, 4 GiB
 */
export function memoryOf(pages: number, shared = false): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    throw new ShapeError(
      `wasm: there is no memory for the ${pages * pageSize} bytes that the program needs; a module has at most 4 GiB. ` +
        `Work in smaller batches, or without compile.`,
    );
  }
}

/** Where a place lies in memory, in bytes. */
export type AddressOf = (place: Place) => number;

/** Memory, and a module at work on it. */
export interface Machine {
  readonly plan: Plan;
  readonly words: Words;
  readonly addressOf: AddressOf;
  /** Runs the program once. If it throws, the places of its inputs hold what they held. */
  readonly run: () => void;
  /** Makes another module run on this memory; undefined where its loops are so large that many runs need no help. */
  readonly link?: (module: ModuleAssembler, js: WebAssembly.ModuleImports) => WebAssembly.Exports;
}

/** A machine of one thread. */
export function singleMachine(plan: Plan): Machine {
  const { assembler, imports, constants } = programModule(plan);
  const memory = memoryOf(plan.pages);
  const words = new Words(memory);
  constants.fill(words.i32);
  const link: Machine['link'] = (module, js) => {
    const compiled = new WebAssembly.Module(module.bytes(plan.pages));
    return new WebAssembly.Instance(compiled, { js: { ...js, memory } }).exports;
  };
  return { plan, words, addressOf: plan.layout.addressOf, run: link(assembler, imports)['run'] as () => void, link };
}
