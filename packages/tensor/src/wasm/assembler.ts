import { Bytes } from './bytes.ts';
import { type Access, access, type Instruction, opcode } from './opcode.ts';

/** The kinds of value on WebAssembly's stack. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

const typeCode: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** A local variable of a function. */
export interface Local {
  readonly at: number;
  readonly type: ValueType;
}

/**
 * The body of one function, written instruction by instruction: `f.get(a).get(b).do('i32.add')` leaves a + b on the
 * stack.
 */
export class FunctionBody {
  readonly parameters: readonly Local[];
  readonly #locals: ValueType[] = [];
  readonly #free = new Map<ValueType, Local[]>();
  readonly #code = new Bytes();

  constructor(parameters: readonly ValueType[]) {
    this.parameters = parameters.map((type, at) => ({ at, type }));
  }

  /** A new local variable, or one that was given back. */
  local(type: ValueType): Local {
    const free = this.#free.get(type)?.pop();
    if (free) return free;
    this.#locals.push(type);
    return { at: this.parameters.length + this.#locals.length - 1, type };
  }

  /** Gives locals back for other uses. */
  release(...locals: readonly Local[]): void {
    for (const local of locals) {
      const free = this.#free.get(local.type) ?? [];
      free.push(local);
      this.#free.set(local.type, free);
    }
  }

  do(...instructions: readonly Instruction[]): this {
    for (let at = 0; at < instructions.length; at++) this.#opcode(opcode[instructions[at]!]);
    return this;
  }

  get({ at }: Local): this {
    this.#code.byte(0x20).unsigned(at);
    return this;
  }

  set({ at }: Local): this {
    this.#code.byte(0x21).unsigned(at);
    return this;
  }

  /** Keeps the value in a local, and leaves it on the stack. */
  tee({ at }: Local): this {
    this.#code.byte(0x22).unsigned(at);
    return this;
  }

  i32(value: number): this {
    this.#code.byte(0x41).signed(value);
    return this;
  }

  f64(value: number): this {
    this.#code.byte(0x44).all(new Uint8Array(new Float64Array([value]).buffer));
    return this;
  }

  /** Reads from, or writes to, the address on the stack plus `offset` bytes. */
  memory(how: Access, offset = 0): this {
    const instruction = access[how];
    this.#opcode(instruction[0]);
    this.#code.unsigned(instruction[1]).unsigned(offset);
    return this;
  }

  /** Reads one lane of a vector from memory, or writes it there: the address lies below the vector on the stack. */
  lane(how: 'load' | 'store', lane: number, offset = 0): this {
    this.#opcode(how === 'load' ? 0xfd056 : 0xfd05a);
    this.#code.byte(2).unsigned(offset).byte(lane);
    return this;
  }

  extract(type: 'i32x4' | 'f32x4', lane: number): this {
    this.#opcode(type === 'i32x4' ? 0xfd01b : 0xfd01f);
    this.#code.byte(lane);
    return this;
  }

  /** Puts the number on the stack into one lane of the vector below it. */
  replace(type: 'i32x4' | 'f32x4', lane: number): this {
    this.#opcode(type === 'i32x4' ? 0xfd01c : 0xfd020);
    this.#code.byte(lane);
    return this;
  }

  /** Picks 16 bytes from the two vectors on the stack: 0 … 15 from the first, 16 … 31 from the second. */
  shuffle(bytes: readonly number[]): this {
    this.#opcode(0xfd00d);
    this.#code.all(bytes);
    return this;
  }

  /** Copies bytes: their new address, their present one and how many there are lie on the stack. */
  copy(): this {
    this.#code.all([0xfc, 10, 0, 0]);
    return this;
  }

  call(index: number): this {
    this.#code.byte(0x10).unsigned(index);
    return this;
  }

  /** Runs `body` when the number on the stack is not 0. */
  when(body: () => void): this {
    this.#code.byte(0x04).byte(0x40);
    body();
    this.#code.byte(0x0b);
    return this;
  }

  /**
   * Counts `counter` from where it stands up to below `end`, by `step`, running `body` each time. Nothing runs when it
   * is there already.
   */
  count(counter: Local, end: () => void, step: number, body: () => void): this {
    this.#code.byte(0x02).byte(0x40);
    this.get(counter);
    end();
    this.do('i32.ge_s');
    this.#code.all([0x0d, 0, 0x03, 0x40]);
    body();
    this.get(counter).i32(step).do('i32.add').tee(counter);
    end();
    this.do('i32.lt_s');
    this.#code.all([0x0d, 0, 0x0b, 0x0b]);
    return this;
  }

  #opcode(code: number): void {
    if (code < 0x100) this.#code.byte(code);
    else if (code < 0xfd000) this.#code.byte(0xfc).byte(code & 0xff);
    else this.#code.byte(0xfd).unsigned(code - 0xfd000);
  }

  /** Writes the function down: its length, its locals, its code, its end. */
  writeTo(bytes: Bytes): void {
    const locals = new Bytes().unsigned(this.#locals.length);
    for (const type of this.#locals) locals.byte(1).byte(typeCode[type]);
    bytes
      .unsigned(locals.length + this.#code.length + 1)
      .all(locals.view())
      .all(this.#code.view())
      .byte(0x0b);
  }
}

interface Signature {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

interface ImportedFunction extends Signature {
  readonly name: string;
}

/** A WebAssembly module put together from functions. It imports its memory and functions from the module "js". */
export class ModuleAssembler {
  readonly #signatures: Signature[] = [];
  readonly #imports: ImportedFunction[] = [];
  readonly #functions: {
    readonly signature: number;
    readonly body: FunctionBody;
    readonly name: string | undefined;
  }[] = [];

  /** A function of JavaScript. All imports come before the first function. */
  import(name: string, parameters: readonly ValueType[], results: readonly ValueType[]): number {
    this.#imports.push({ name, parameters, results });
    return this.#imports.length - 1;
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
    this.#functions.push({ signature: this.#signature({ parameters, results }), body, name });
    return this.#imports.length + this.#functions.length - 1;
  }

  /** The module, importing `pages` pages of memory. */
  bytes(pages: number): Uint8Array<ArrayBuffer> {
    const exported = this.#functions.flatMap(({ name }, at) =>
      name === undefined ? [] : [{ name, at: this.#imports.length + at }],
    );
    const imports = new Bytes().unsigned(this.#imports.length + 1);
    for (const one of this.#imports) imports.text('js').text(one.name).byte(0).unsigned(this.#signature(one));
    imports.text('js').text('memory').byte(2).byte(1).unsigned(pages).unsigned(pages);
    const declared = new Bytes().unsigned(this.#functions.length);
    for (const { signature } of this.#functions) declared.unsigned(signature);
    const exports = new Bytes().unsigned(exported.length);
    for (const { name, at } of exported) exports.text(name).byte(0).unsigned(at);
    const code = new Bytes().unsigned(this.#functions.length);
    for (const { body } of this.#functions) body.writeTo(code);
    const types = new Bytes().unsigned(this.#signatures.length);
    for (const { parameters, results } of this.#signatures) {
      types.byte(0x60);
      for (const side of [parameters, results]) {
        types.unsigned(side.length);
        for (const type of side) types.byte(typeCode[type]);
      }
    }
    const module = new Bytes().all([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    for (const [id, section] of [
      [1, types],
      [2, imports],
      [3, declared],
      [7, exports],
      [10, code],
    ] as const) {
      module.byte(id).unsigned(section.length).all(section.view());
    }
    return module.view();
  }

  #signature({ parameters, results }: Signature): number {
    const known = this.#signatures.findIndex(
      (one) => one.parameters.join() === parameters.join() && one.results.join() === results.join(),
    );
    return known >= 0 ? known : this.#signatures.push({ parameters, results }) - 1;
  }
}
