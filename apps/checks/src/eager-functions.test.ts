import { describe, expect, test } from 'vitest';
import { eagerFunctions } from './eager-functions.ts';

/** A module as it is built when the functions of a/one.ts are meant. */
function built(lines: string): string {
  return eagerFunctions(`// a/one.ts\n${lines}`, new Set(['a/one.ts'])).toString();
}

/** What a module gives when it is carried out: the value of its last line. */
function valueOf(lines: string, returned: string): unknown {
  // oxlint-disable-next-line no-implied-eval, no-new-func
  return new Function(`'use strict';\n${built(lines)}\nreturn ${returned};`)() as unknown;
}

describe('functions in parentheses', () => {
  test('are arrows, declarations and methods', () => {
    expect(built('function f(x) { return x; }')).toBe('var f = ((x) => { return x; });\n// a/one.ts\n');
    expect(built('const f = (x) => x;')).toBe('// a/one.ts\nconst f = ((x) => x);');
    expect(built('const f = function (x) { return x; };')).toBe('// a/one.ts\nconst f = (function (x) { return x; });');
    expect(built('const o = { f(x) { return x; } };')).toBe(
      '// a/one.ts\nconst o = { f: (function (x) { return x; }) };',
    );
    expect(built('class C { f(x) { return x; } }')).toContain('f: (function (x) { return x; })');
  });

  test('are those of the files that are meant', () => {
    const other = '// b/two.ts\nfunction g() { return () => 1; }';
    expect(built(other)).toBe(`// a/one.ts\n${other}`);
    expect(eagerFunctions(other, new Set(['b/two.ts'])).toString()).toContain('var g = (() => { return (() => 1); });');
  });

  test('stand beside one that is marked, before it and behind it', () => {
    const lines = 'function f() {}\n/* @__NO_SIDE_EFFECTS__ */ function g() {}\nfunction h() {}';
    expect(
      built(lines)
        .match(/var \w|function \w/g)
        ?.toSorted(),
    ).toEqual(['function g', 'var f', 'var h']);
  });

  test('are not what could not be the same as one: exported, marked, asynchronous, generating', () => {
    for (const line of [
      'export function f() {}',
      '/* @__NO_SIDE_EFFECTS__ */ function f() {}',
      'async function f() {}',
      'function* f() {}',
      'function F() { this.x = 1; }',
      'function f() { return arguments.length; }',
      'function f(x = this) { return x; }',
      'const o = { get x() { return 1; }, async f() {}, *g() {}, ["h"]() {}, i() { return super.i(); } };',
      'class C { static f() {} get x() { return 1; } async g() {} *h() {} #i() {} }',
    ]) {
      expect(built(line)).toBe(`// a/one.ts\n${line}`);
    }
  });
});

describe('a module with functions in parentheses does what it did', () => {
  test('where functions are called above the line that declares them', () => {
    expect(
      valueOf('const seen = f(2);\nfunction f(x) { return g(x) + 1; }\nfunction g(x) { return x * 10; }', 'seen'),
    ).toBe(21);
  });

  test('where they are declared inside others, behind the return too', () => {
    const lines =
      'function f(x) { if (x > 1) { return h(x); function h(y) { return y * g(y); } } return g(x); function g(y) { return y + 1; } }';
    expect(valueOf(lines, '[f(1), f(3)]')).toEqual([2, 12]);
  });

  test('where blocks declare their own of one name, which ends with them', () => {
    const lines =
      'function f() { return 1; }\nfunction g(x) { if (x) { return f(); function f() { return 2; } } else { function f() { return 3; } } return f(); }';
    expect(valueOf(lines, '[g(true), g(false)]')).toEqual([2, 1]);
  });

  test('where they call themselves, have defaults, or take others apart', () => {
    const lines =
      'function f(n, { by = 1 } = {}, ...rest) { return n <= 0 ? rest.length : f(n - by, { by }, ...rest); }';
    expect(valueOf(lines, '[f(3), f(4, { by: 2 }, 1, 2), f.name]')).toEqual([0, 2, 'f']);
  });

  test('where methods reach private fields, constructors, getters and those of their own class', () => {
    const lines = `class Sum {
      #total = 0;
      constructor(start) { this.#total = start; }
      add(x) { this.#total += x; return this; }
      twice(x) { return this.add(x).add(x); }
      get total() { return this.#total; }
      plus(x) { return Sum.of(this.#total + x); }
      static of(x) { return new Sum(x); }
    }
    class Named extends Sum { add(x) { return super.add(x + 1); } if() { return 'if'; } }`;
    expect(
      valueOf(lines, '[new Sum(1).twice(2).plus(3).total, new Named(0).twice(1).total, new Named(0).if()]'),
    ).toEqual([8, 4, 'if']);
  });
});
