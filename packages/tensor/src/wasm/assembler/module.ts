import { FunctionBody, unsigned } from './function-body.ts';
import * as op from './opcode.ts';
import { v128, type ValueType } from './opcode.ts';

/** A WebAssembly module put together from functions. It imports its memory and functions from the module "js". */
export class ModuleAssembler {
  readonly #signatures: number[][] = [];
  readonly #imports: number[][] = [];
  readonly #declared: number[][] = [];
  readonly #exports: number[][] = [];
  readonly #bodies: FunctionBody[] = [];

  /** The index of a function of JavaScript. All imports come before the first function. */
  import(name: string, parameters: readonly ValueType[], results: readonly ValueType[] = []): number {
    return this.#imports.push([...imported(name), 0, ...addSignature(this.#signatures, parameters, results)]) - 1;
  }

  /** A function of the module, to be written; with a name it is exported. */
  function(parameters: readonly ValueType[], results: readonly ValueType[] = [], name = ''): FunctionBody {
    const body = new FunctionBody(this.#imports.length + this.#bodies.length, parameters, results.length === 0);
    this.#bodies.push(body);
    this.#declared.push(addSignature(this.#signatures, parameters, results));
    if (name !== '') this.#exports.push([...text(name), 0, ...unsigned(body.index)]);
    return body;
  }

  /** The module, importing `pages` pages of memory, shared among threads or not. */
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

/** Adds a signature to others; gives its index. */
function addSignature(signatures: number[][], ...sides: readonly (readonly ValueType[])[]): number[] {
  const written = [0x60];
  for (let side = 0; side < sides.length; side++) written.push(sides[side]!.length, ...sides[side]!);
  return unsigned(signatures.push(written) - 1);
}

/** Adds a section: its kind, its length, how many entries it has, and those. */
function section(
  parts: (readonly number[])[],
  kind: number,
  entries: readonly (readonly number[])[],
  count = entries.length,
): void {
  const counted = unsigned(count);
  parts.push([kind], unsigned(counted.length + lengthOf(entries)), counted, ...entries);
}

function lengthOf(parts: readonly (readonly number[])[]): number {
  let length = 0;
  for (let part = 0; part < parts.length; part++) length += parts[part]!.length;
  return length;
}

/** A text of plain letters: its length, then its bytes. */
function text(letters: string): number[] {
  const bytes = [letters.length];
  for (let at = 0; at < letters.length; at++) bytes.push(letters.charCodeAt(at));
  return bytes;
}

/** What is imported, by its name. */
function imported(name: string): number[] {
  return [...text('js'), ...text(name)];
}

let known: boolean | undefined;

/** Does this engine have fused multiply-add on vectors? Asked once, by showing it a function that uses it. */
export function hasRelaxedSimd(): boolean {
  if (known === undefined) {
    const module = new ModuleAssembler();
    const f = module.function([v128], [v128]);
    const x = f.parameters[0]!;
    f.get(x).get(x).get(x).do(op.f32x4_relaxed_madd);
    known = WebAssembly.validate(module.bytes(1));
  }
  return known;
}
