import { FunctionBody, unsigned } from './function-body.ts';
import * as op from './opcode.ts';
import { v128, type ValueType } from './opcode.ts';

/** Assembles a WebAssembly module from functions. It imports its memory and JavaScript functions from the module "js". */
export class ModuleAssembler {
  readonly #signatures: number[][] = [];
  readonly #imports: number[][] = [];
  readonly #declared: number[][] = [];
  readonly #exports: number[][] = [];
  readonly #bodies: FunctionBody[] = [];

  /** Imports a JavaScript function and returns its index. All imports must precede the first function. */
  import(field: string, parameters: readonly ValueType[], results: readonly ValueType[] = []): number {
    return this.#imports.push([...imported(field), 0, ...addSignature(this.#signatures, parameters, results)]) - 1;
  }

  /** Adds a function whose body is still empty. With a name it is exported. */
  function(parameters: readonly ValueType[], results: readonly ValueType[] = [], exportName = ''): FunctionBody {
    const body = new FunctionBody(this.#imports.length + this.#bodies.length, parameters, results.length === 0);
    this.#bodies.push(body);
    this.#declared.push(addSignature(this.#signatures, parameters, results));
    if (exportName !== '') this.#exports.push([...name(exportName), 0, ...unsigned(body.index)]);
    return body;
  }

  /** The bytes of the module. It imports a memory of `pages` pages, shared among threads or not. */
  bytes(pages: number, shared = false): Uint8Array<ArrayBuffer> {
    const memory = [...imported('memory'), 2, shared ? 3 : 1, ...unsigned(pages), ...unsigned(pages)];
    const code: (readonly number[])[] = [];
    for (const body of this.#bodies) body.writeTo(code);
    const parts: (readonly number[])[] = [[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]];
    section(parts, 1, this.#signatures);
    section(parts, 2, [...this.#imports, memory]);
    section(parts, 3, this.#declared);
    section(parts, 7, this.#exports);
    section(parts, 10, code, this.#bodies.length);
    const module = new Uint8Array(lengthOf(parts));
    let at = 0;
    for (let part = 0; part < parts.length; part++) {
      module.set(parts[part]!, at);
      at += parts[part]!.length;
    }
    return module;
  }
}

/** Appends a signature, parameters and results, and returns its index in LEB128. */
function addSignature(signatures: number[][], ...types: readonly (readonly ValueType[])[]): number[] {
  const written = [0x60];
  for (let at = 0; at < types.length; at++) written.push(types[at]!.length, ...types[at]!);
  return unsigned(signatures.push(written) - 1);
}

/** Appends a section: its id, its length in bytes, the number of its entries, the entries. */
function section(
  parts: (readonly number[])[],
  id: number,
  entries: readonly (readonly number[])[],
  count = entries.length,
): void {
  const size = unsigned(count);
  parts.push([id], unsigned(size.length + lengthOf(entries)), size);
  // One by one: a call takes no more arguments than the stack holds.
  for (let entry = 0; entry < entries.length; entry++) parts.push(entries[entry]!);
}

function lengthOf(parts: readonly (readonly number[])[]): number {
  let length = 0;
  for (let part = 0; part < parts.length; part++) length += parts[part]!.length;
  return length;
}

/** An ASCII name: its length, then its bytes. */
function name(text: string): number[] {
  const bytes = [text.length];
  for (let at = 0; at < text.length; at++) bytes.push(text.charCodeAt(at));
  return bytes;
}

/** The two names of an import from the module "js". */
function imported(field: string): number[] {
  return [...name('js'), ...name(field)];
}

let relaxedSimd: boolean | undefined;

/** Whether the engine has fused multiply-add on vectors (relaxed SIMD). Tested once, by validating a module that uses it. */
export function hasRelaxedSimd(): boolean {
  if (relaxedSimd === undefined) {
    const module = new ModuleAssembler();
    const f = module.function([v128], [v128]);
    const x = f.parameters[0]!;
    f.get(x).get(x).get(x).do(op.f32x4_relaxed_madd);
    relaxedSimd = WebAssembly.validate(module.bytes(1));
  }
  return relaxedSimd;
}
