import { pushUnsigned } from './bytes.ts';
import { FunctionBody, typeCode, type ValueType } from './function-body.ts';

interface Declared {
  readonly name: string;
  readonly signature: number;
}

/** A WebAssembly module put together from functions. It imports its memory and functions from the module "js". */
export class ModuleAssembler {
  readonly #signatures: number[][] = [];
  readonly #known = new Map<string, number>();
  readonly #imports: Declared[] = [];
  readonly #functions: Declared[] = [];
  readonly #bodies: FunctionBody[] = [];

  /** The index of a function of JavaScript. All imports come before the first function. */
  import(name: string, parameters: readonly ValueType[], results: readonly ValueType[] = []): number {
    return this.#imports.push({ name, signature: this.#signature(parameters, results) }) - 1;
  }

  /** A function of the module, to be written; with a name it is exported. */
  function(parameters: readonly ValueType[], results: readonly ValueType[] = [], name = ''): FunctionBody {
    const body = new FunctionBody(this.#imports.length + this.#bodies.length, parameters, results.length === 0);
    this.#functions.push({ name, signature: this.#signature(parameters, results) });
    this.#bodies.push(body);
    return body;
  }

  /** The module, importing `pages` pages of memory, shared among threads or not. */
  bytes(pages: number, shared = false): Uint8Array<ArrayBuffer> {
    const parts: (readonly number[])[] = [[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]];
    section(parts, 1, this.#signatures.length, this.#signatures);
    const imports: number[] = [];
    for (const { name, signature } of this.#imports) {
      pushText(imports, 'js');
      pushText(imports, name);
      imports.push(0);
      pushUnsigned(imports, signature);
    }
    pushText(imports, 'js');
    pushText(imports, 'memory');
    imports.push(2, shared ? 3 : 1);
    pushUnsigned(imports, pages);
    pushUnsigned(imports, pages);
    section(parts, 2, this.#imports.length + 1, [imports]);
    const declared: number[] = [];
    const exported: number[] = [];
    let names = 0;
    const code: (readonly number[])[] = [];
    for (let at = 0; at < this.#bodies.length; at++) {
      const body = this.#bodies[at]!;
      const { name, signature } = this.#functions[at]!;
      pushUnsigned(declared, signature);
      body.writeTo(code);
      if (name === '') continue;
      names++;
      pushText(exported, name);
      exported.push(0);
      pushUnsigned(exported, body.index);
    }
    section(parts, 3, this.#bodies.length, [declared]);
    section(parts, 7, names, [exported]);
    section(parts, 10, this.#bodies.length, code);
    const module = new Uint8Array(lengthOf(parts));
    let at = 0;
    for (const part of parts) {
      module.set(part, at);
      at += part.length;
    }
    return module;
  }

  #signature(parameters: readonly ValueType[], results: readonly ValueType[]): number {
    const key = `${parameters.join()} ${results.join()}`;
    const known = this.#known.get(key) ?? this.#signatures.length;
    if (known < this.#signatures.length) return known;
    const written = [0x60];
    for (const side of [parameters, results]) {
      written.push(side.length);
      for (const type of side) written.push(typeCode[type]);
    }
    this.#known.set(key, known);
    this.#signatures.push(written);
    return known;
  }
}

/** Adds a section: its kind, its length, how many entries it has, and those. */
function section(
  parts: (readonly number[])[],
  id: number,
  count: number,
  entries: readonly (readonly number[])[],
): void {
  const head = [id];
  const counted: number[] = [];
  pushUnsigned(counted, count);
  pushUnsigned(head, counted.length + lengthOf(entries));
  parts.push(head, counted, ...entries);
}

function lengthOf(parts: readonly (readonly number[])[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/** Adds a text of plain letters: its length, then its bytes. */
function pushText(bytes: number[], text: string): void {
  bytes.push(text.length);
  for (let at = 0; at < text.length; at++) bytes.push(text.charCodeAt(at));
}
