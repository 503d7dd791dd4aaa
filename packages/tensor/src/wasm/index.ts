import { ShapeError } from '../error.ts';
import { fuse } from '../loops/fuse.ts';
import type { ConstantNode, Executable, Program } from '../program.ts';
import type { ModuleAssembler } from './assembler.ts';
import { showPass } from './listing.ts';
import { manyRuns, stagingBytes } from './many-runs.ts';
import { ProgramModule } from './program-module.ts';
import { hasRelaxedSimd } from './relaxed.ts';
import { Words } from './words.ts';

/** How the backend is set. */
export interface WasmSettings {
  /** Multiplies and adds apart everywhere, so that results do not depend on the machine; up to a fifth slower. */
  readonly deterministic?: boolean;
}

const pageSize = 65_536;

/**
 * Carries programs out as one WebAssembly module: `compile(step, wasm)`, or `compile(step, wasm({ deterministic: true }))`.
 */
export function wasm(program: Program): Executable;
export function wasm(settings: WasmSettings): (program: Program) => Executable;
export function wasm(given: Program | WasmSettings): Executable | ((program: Program) => Executable) {
  if ('nodes' in given) return executable(given, {});
  return (program) => executable(program, given);
}

function executable(program: Program, { deterministic = false }: WasmSettings): Executable {
  const schedule = fuse(program);
  const module = new ProgramModule(schedule, program, !deterministic && hasRelaxedSimd());
  const { layout, relaxed } = module;
  const staging = layout.bytes;
  const pages = Math.ceil((staging + stagingBytes + 64) / pageSize);
  const memory = memoryOf(pages);
  const words = new Words(memory);
  module.write();
  module.constants.fill(words.i32);
  // What a variable holds is read where a run that breaks off leaves it alone.
  const read = [...schedule.outputs];
  for (const [input, output] of program.carried) read[output] = schedule.inputs[input]!;
  for (const [place, node] of schedule.constants) {
    words.put(place.dtype, layout.addressOf(place), (program.nodes[node] as ConstantNode).data);
  }
  const instantiate = (from: ModuleAssembler, js: WebAssembly.ModuleImports) =>
    new WebAssembly.Instance(new WebAssembly.Module(from.bytes(pages)), { js: { memory, ...js } }).exports;
  const run = instantiate(module.assembler, module.imports)['run'] as () => void;
  const many: Record<string, Executable['runMany']> = {};
  return {
    write(input, data) {
      const place = schedule.inputs[input]!;
      words.put(place.dtype, layout.addressOf(place), data);
    },
    run,
    runMany(count, entries, kept) {
      const [inputs, outputs] = [schedule.inputs.slice(0, entries.length), read.slice(0, kept.length)];
      // A module of their own: the first step need not wait for it.
      many[`${inputs.length} ${outputs.length}`] ??= manyRuns(
        inputs,
        outputs,
        layout.addressOf,
        staging,
        words,
        (loop) => instantiate(loop, { run }),
      );
      return many[`${inputs.length} ${outputs.length}`]!(count, entries, kept);
    },
    read(output, into) {
      const place = read[output]!;
      words.take(place.dtype, layout.addressOf(place), into);
    },
    get listing() {
      const lines = schedule.passes.map((pass, at) => `${at}: ${showPass(pass, layout.addressOf)}`);
      return [
        `memory: ${layout.bytes} bytes, and ${stagingBytes} for many steps at once${relaxed ? ', fused multiply-add' : ''}`,
        ...lines,
      ].join('\n');
    },
  };
}

/** A module has 65,536 pages at most, 4 GiB. */
function memoryOf(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    throw new ShapeError(
      `wasm: there is no memory for the ${pages * pageSize} bytes that the program needs; a module has at most 4 GiB. ` +
        `Work in smaller batches, or without compile.`,
    );
  }
}
