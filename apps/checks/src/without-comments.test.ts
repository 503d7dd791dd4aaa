import { expect, test } from 'vitest';
import { withoutComments } from './without-comments.ts';

const stripped = (code: string): string => withoutComments(code).toString();

test('comments that fill lines of their own are gone, with their lines', () => {
  expect(stripped('/**\n * Σ a\n */\nconst a = 1;\n  // b follows\n  const b = 2;\n')).toBe(
    'const a = 1;\n  const b = 2;\n',
  );
});

test.each([
  ['beside code', 'const a = 1; // one\n'],
  ['inside a line', 'f(/* nothing */);\n'],
  ['in a text', 'const text = `\n// no comment\n`;\n'],
  ['in a pattern', 'const pattern = /[/*]/;\n'],
  ['as the name of a file', '// src/one.ts\nconst a = 1;\n'],
  ['there for a shell', '#!/usr/bin/env node\nf();\n'],
  ['there for bundlers, before a call', '/* @__PURE__ */\nf();\n'],
  ['there for bundlers, before a function', '/* @__NO_SIDE_EFFECTS__ */\nfunction f() {}\n'],
])('what stands %s stays', (_, code) => {
  expect(stripped(code)).toBe(code);
});
