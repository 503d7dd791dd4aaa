import { ShapeError } from '../error.ts';
import type { Place } from '../loops/lens.ts';
import type { ModuleAssembler } from './assembler.ts';
import type { ProgramModule } from './program-module.ts';
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

/** A loop that threads share: how many rows it has, and how many of them a thread takes at a time. */
export interface Share {
  readonly rows: number;
  readonly portion: number;
}

/** Memory, and a module at work on it. */
export interface Machine {
  readonly words: Words;
  readonly addressOf: AddressOf;
  /** Runs the program once. If it throws, the places of its inputs hold what they held. */
  readonly run: () => void;
}

/** A machine of one thread. */
export class SingleMachine implements Machine {
  readonly words: Words;
  readonly addressOf: AddressOf;
  readonly run: () => void;
  readonly #memory: WebAssembly.Memory;
  readonly #pages: number;

  constructor(pages: number, module: ProgramModule) {
    module.write();
    this.#pages = pages;
    this.#memory = memoryOf(pages);
    this.words = new Words(this.#memory);
    this.addressOf = module.layout.addressOf;
    module.constants.fill(this.words.i32);
    this.run = this.link(module.assembler, module.imports)['run'] as () => void;
  }

  /** Makes a module run on this memory. */
  link(module: ModuleAssembler, js: WebAssembly.ModuleImports): WebAssembly.Exports {
    const compiled = new WebAssembly.Module(module.bytes(this.#pages));
    return new WebAssembly.Instance(compiled, { js: { ...js, memory: this.#memory } }).exports;
  }
}
