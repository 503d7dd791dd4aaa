import { pushUnsigned } from './bytes.ts';
import { FunctionBody, typeCode, type ValueType } from './function-body.ts';

interface ImportedFunction {
  readonly name: string;
  readonly signature: number;
}

/** A WebAssembly module put together from functions. It imports its memory and functions from the module "js". */
export class ModuleAssembler {
  readonly #signatures: number[][] = [];
  readonly #imports: ImportedFunction[] = [];
  readonly #functions: {
    readonly signature: number;
    readonly body: FunctionBody;
    readonly name: string | undefined;
  }[] = [];

  /** A function of JavaScript. All imports come before the first function. */
  import(name: string, parameters: readonly ValueType[], results: readonly ValueType[]): number {
    return this.#imports.push({ name, signature: this.#signature(parameters, results) }) - 1;
  }

  /** A function of the module; with a name it is exported. */
  function(
    parameters: readonly ValueType[],
    results: readonly ValueType[],
    write: (body: FunctionBody) => void,
    name?: string,
  ): number {
    const body = new FunctionBody(parameters);
    write(body);
    this.#functions.push({ signature: this.#signature(parameters, results), body, name });
    return this.#imports.length + this.#functions.length - 1;
  }

  /** The module, importing `pages` pages of memory. */
  bytes(pages: number): Uint8Array<ArrayBuffer> {
    const parts: (readonly number[])[] = [[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]];
    const section = (id: number, count: number, content: readonly (readonly number[])[]): void => {
      const before: number[] = [];
      pushUnsigned(before, count);
      const head = [id];
      pushUnsigned(
        head,
        content.reduce((sum, part) => sum + part.length, before.length),
      );
      parts.push(head, before, ...content);
    };
    const memory = [...text('js'), ...text('memory'), 2, 1];
    pushUnsigned(memory, pages);
    pushUnsigned(memory, pages);
    const named = this.#functions.flatMap(({ name }, at) =>
      name === undefined ? [] : [entry(text(name), 0, this.#imports.length + at)],
    );
    section(1, this.#signatures.length, this.#signatures);
    section(2, this.#imports.length + 1, [
      ...this.#imports.map(({ name, signature }) => entry([...text('js'), ...text(name)], 0, signature)),
      memory,
    ]);
    section(
      3,
      this.#functions.length,
      this.#functions.map(({ signature }) => [signature]),
    );
    section(7, named.length, named);
    section(
      10,
      this.#functions.length,
      this.#functions.flatMap(({ body }) => body.written()),
    );
    const module = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      module.set(part, at);
      at += part.length;
    }
    return module;
  }

  #signature(parameters: readonly ValueType[], results: readonly ValueType[]): number {
    const written = [0x60];
    for (const side of [parameters, results]) written.push(side.length, ...side.map((type) => typeCode[type]));
    const known = this.#signatures.findIndex((one) => one.join() === written.join());
    return known >= 0 ? known : this.#signatures.push(written) - 1;
  }
}

/** A text of plain letters: its length, then its bytes. */
function text(value: string): number[] {
  return [value.length, ...Array.from(value, (letter) => letter.charCodeAt(0))];
}

function entry(name: readonly number[], kind: number, index: number): number[] {
  const bytes = [...name, kind];
  pushUnsigned(bytes, index);
  return bytes;
}
