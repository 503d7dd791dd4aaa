import { ShapeError } from '../error.ts';
import { fuse } from '../loops/fuse.ts';
import { type Kernel, type MatMulKernel, touched } from '../loops/kernel.ts';
import { type Place, whole } from '../loops/lens.ts';
import { layOut } from '../loops/memory.ts';
import type { ConstantNode, Executable, Program } from '../program.ts';
import { ModuleAssembler } from './assembler.ts';
import { ConstantPool } from './constants.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { writeGather } from './gather.ts';
import { showPass } from './listing.ts';
import { manyRuns, stagingBytes } from './many-runs.ts';
import { writeMap } from './map.ts';
import { VectorFunctions } from './math/functions.ts';
import { packedPlace } from './matmul/panels.ts';
import { writeMatMul, writePanels } from './matmul/product.ts';
import * as op from './opcode.ts';
import { writeRandom } from './random.ts';
import { writeReduce } from './reduce.ts';
import { hasRelaxedSimd } from './relaxed.ts';
import { ScalarLaws } from './scalar-laws.ts';
import { writeScatter } from './scatter.ts';
import { writeSearch } from './search.ts';
import { stripOf } from './strips.ts';
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
  const relaxed = !deterministic && hasRelaxedSimd();
  const kernels = schedule.passes.flatMap((pass) => pass.kernels);
  const packed = new Map<Kernel, Place>();
  for (const kernel of kernels) {
    const place = kernel.kind === 'matmul' && packedPlace(kernel, relaxed);
    if (place) packed.set(kernel, place);
  }
  const constants = new ConstantPool();
  const layout = layOut(
    schedule,
    program,
    constants.bytes,
    ({ size, dtype }) => size * widthOf(dtype),
    (kernel) => packed.get(kernel),
  );
  const staging = layout.bytes;
  const pages = Math.ceil((staging + stagingBytes + 64) / pageSize);
  const memory = memoryOf(pages);
  const words = new Words(memory);

  const module = new ModuleAssembler();
  const laws = new ScalarLaws();
  const imports = {
    refuse: (at: number, index: number) => refuseIndex(kernels[at]!, index),
    law: laws.run,
  };
  const refuse = module.import('refuse', ['i32', 'i32'], []);
  const law = module.import('law', ['i32', 'f64', 'f64', 'f64'], ['f64']);
  const shared = new Map<string, number>();
  const once: Context['once'] = (key, parameters, write) => {
    const index = shared.get(key) ?? module.function(parameters, [], write);
    shared.set(key, index);
    return index;
  };
  const surroundings = { relaxed, constant: constants.write.bind(constants) };
  const functions = new VectorFunctions(module, surroundings);
  const scalarLaw: Context['scalarLaw'] = (f, operation, dtype, operands) =>
    laws.write(f, law, operation, dtype, operands);
  const context: Context = {
    ...surroundings,
    addressOf: layout.addressOf,
    vectorFunction: (operation) =>
      functions.indexOf(operation, (f, operand) => scalarLaw(f, operation, 'float32', operand)),
    scalarLaw,
    once,
    refuse,
  };
  const rowsOf = (write: (f: FunctionBody) => void): number => module.function(['i32', 'i32'], [], write);
  const carryOut = (f: FunctionBody, rows: number, index: number): void => {
    f.i32(0).i32(rows).call(index);
  };
  const panels = new Map(
    [...packed].map(([kernel, place]) => [
      kernel,
      rowsOf((f) => writePanels(f, context, kernel as MatMulKernel, place)),
    ]),
  );
  const passes = schedule.passes.map((pass) => {
    const parts = pass.kernels.map((kernel) =>
      rowsOf((f) => writeKernel(f, context, kernel, kernels.indexOf(kernel), packed.get(kernel))),
    );
    const strip = stripOf(pass, relaxed);
    return parts.length === 1 && pass.rows <= strip ? parts[0]! : rowsOf((f) => writeStrips(f, strip, parts));
  });
  const copies = layout.copies.map(({ from, to }) => {
    const kernel = copyOf(from, to);
    return { rows: touched(kernel).rows, index: rowsOf((f) => writeMap(f, context, kernel)) };
  });
  module.function(
    [],
    [],
    (f) => {
      schedule.passes.forEach(({ rows, kernels: own }, at) => {
        for (const kernel of own) if (panels.has(kernel)) carryOut(f, touched(kernel).rows, panels.get(kernel)!);
        carryOut(f, rows, passes[at]!);
      });
      for (const { rows, index } of copies) carryOut(f, rows, index);
    },
    'run',
  );

  constants.fill(words.i32);
  // What a variable holds is read where a run that breaks off leaves it alone.
  const read = [...schedule.outputs];
  for (const [input, output] of program.carried) read[output] = schedule.inputs[input]!;
  for (const [place, node] of schedule.constants) {
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

function copyOf(from: Place, to: Place): Kernel & { kind: 'map' } {
  const shape = [from.size];
  const value = { kind: 'reading', dtype: from.dtype, lens: whole(from, shape) } as const;
  return { kind: 'map', shape, stores: [{ to: whole(to, shape), value }] };
}

/** Carries the parts of a pass out one after the other for each strip of rows. */
function writeStrips(f: FunctionBody, strip: number, parts: readonly number[]): void {
  const [begin, end] = f.parameters as [Local, Local];
  const until = f.local('i32');
  f.repeat(() => {
    f.get(begin).plus(strip).tee(until).get(end).get(until).get(end).do(op.i32_lt_s, op.select).set(until);
    for (const part of parts) f.get(begin).get(until).call(part);
    f.get(until).tee(begin).get(end).do(op.i32_lt_s);
  });
}

/** Writes a kernel for the rows between its two parameters. `at` is what errors call it. */
function writeKernel(f: FunctionBody, context: Context, kernel: Kernel, at: number, packed: Place | undefined): void {
  switch (kernel.kind) {
    case 'map':
      return writeMap(f, context, kernel);
    case 'reduce':
      return writeReduce(f, context, kernel);
    case 'search':
      return writeSearch(f, context, kernel);
    case 'matmul':
      return writeMatMul(f, context, kernel, packed);
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
