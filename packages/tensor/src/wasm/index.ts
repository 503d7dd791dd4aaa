import { ShapeError } from '../error.ts';
import { fuse } from '../loops/fuse.ts';
import type { Kernel } from '../loops/kernel.ts';
import type { Place } from '../loops/lens.ts';
import { layOut } from '../loops/memory.ts';
import type { ConstantNode, Executable, Program } from '../program.ts';
import { type FunctionBody, ModuleAssembler, type ValueType } from './assembler.ts';
import { ConstantPool } from './constants.ts';
import { type Context, widthOf } from './context.ts';
import { showKernel } from './listing.ts';
import { manyRuns, stagingBytes } from './many-runs.ts';
import { writeMap } from './map.ts';
import { VectorFunctions } from './math/functions.ts';
import { matmulScratch, writeMatMul } from './matmul.ts';
import { writeFill, writeGather, writeRandom, writeScatter, writeSearch } from './pick.ts';
import { writeReduce } from './reduce.ts';
import { hasRelaxedSimd } from './relaxed.ts';
import { ScalarLaws } from './scalar-laws.ts';
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
  const constants = new ConstantPool();
  const scratch = constants.bytes;
  const layout = layOut(
    schedule,
    program,
    scratch + (schedule.kernels.some(({ kind }) => kind === 'matmul') ? matmulScratch : 0),
    ({ size, dtype }) => size * widthOf(dtype),
  );
  const staging = layout.bytes;
  const pages = Math.ceil((staging + stagingBytes + 64) / pageSize);
  const memory = memoryOf(pages);
  const words = new Words(memory);

  const module = new ModuleAssembler();
  const laws = new ScalarLaws(schedule.kernels);
  const imports: Record<string, (...values: number[]) => number | void> = {
    refuse: (at, index) => refuseIndex(schedule.kernels[at!]!, index!),
  };
  const refuse = module.import('refuse', ['i32', 'i32'], []);
  for (const { name, arity, law } of laws.all) {
    laws.place(
      name,
      module.import(
        name,
        Array.from({ length: arity }, (): ValueType => 'f64'),
        ['f64'],
      ),
    );
    imports[name] = law;
  }
  const relaxed = !deterministic && hasRelaxedSimd();
  const surroundings = { relaxed, constant: constants.write.bind(constants) };
  const functions = new VectorFunctions(module, surroundings);
  const context: Context = {
    ...surroundings,
    addressOf: layout.addressOf,
    vectorFunction: (operation) => functions.indexOf(operation, operation.arity, laws.indexOf(operation, 'float32')),
    scalarLaw: (operation, dtype) => laws.indexOf(operation, dtype),
    refuse,
  };
  const steps = schedule.kernels.map((kernel, at) =>
    module.function([], [], (f) => writeKernel(f, context, module, kernel, at, scratch)),
  );
  const copies = layout.copies.map(({ from, to }) =>
    module.function([], [], (f) => writeMap(f, context, copyOf(from, to))),
  );
  module.function([], [], (f) => [...steps, ...copies].forEach((step) => f.call(step)), 'run');

  constants.fill(words.i32);
  // What a variable holds is read where a run that breaks off leaves it alone.
  const read = [...schedule.outputs];
  for (const [input, output] of program.carried) read[output] = schedule.inputs[input]!;
  for (const { place, node } of schedule.constants) {
    words.put(place.dtype, layout.addressOf(place), (program.nodes[node] as ConstantNode).data);
  }
  const instantiate = (from: ModuleAssembler, js: WebAssembly.ModuleImports) =>
    new WebAssembly.Instance(new WebAssembly.Module(from.bytes(pages)), { js: { memory, ...js } }).exports;
  const run = instantiate(module, imports)['run'] as () => void;
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
      const lines = schedule.kernels.map((kernel, at) => `${at}: ${showKernel(kernel, layout.addressOf)}`);
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

function copyOf(from: Place, to: Place): Kernel & { kind: 'map' } {
  const lens = (place: Place) => ({ place, strides: [1], offset: 0 });
  return {
    kind: 'map',
    shape: [from.size],
    stores: [{ to: lens(to), value: { kind: 'reading', dtype: from.dtype, lens: lens(from) } }],
  };
}

function writeKernel(
  f: FunctionBody,
  context: Context,
  module: ModuleAssembler,
  kernel: Kernel,
  at: number,
  scratch: number,
): void {
  switch (kernel.kind) {
    case 'map':
      return writeMap(f, context, kernel);
    case 'fill':
      return writeFill(f, context, kernel);
    case 'reduce':
      return writeReduce(f, context, kernel);
    case 'search':
      return writeSearch(f, context, kernel);
    case 'matmul':
      return writeMatMul(f, context, module, kernel, scratch);
    case 'gather':
      return writeGather(f, context, kernel, at);
    case 'scatter':
      return writeScatter(f, context, kernel, at);
    case 'random':
      return writeRandom(f, context, kernel);
  }
}

function refuseIndex(kernel: Kernel, index: number): never {
  const { operation, axis, length } = kernel as Kernel & { kind: 'gather' };
  throw new ShapeError(
    `${operation.name}: an index is ${index}, but axis ${axis} has places 0 … ${length - 1}. ` +
      `Check the indices against the length of that axis; without compile the error says where it is.`,
  );
}
