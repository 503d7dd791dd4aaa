import { expect, test } from 'vitest';
import { withoutComments } from './without-comments.ts';

const stripped = (code: string): string => withoutComments(code).toString();

test('comments that fill lines of their own are gone, with their lines', () => {
  expect(stripped('/**\n * Σ a\n */\nconst a = 1;\n  // b follows\n  const b = 2;\n')).toBe(
    'const a = 1;\n  const b = 2;\n',
  );
});

test('those beside code stay, and so does what only looks like one', () => {
  for (const code of [
    'const a = 1; // one\n',
    'f(/* nothing */);\n',
    'const text = `\n// no comment\n`;\n',
    'const pattern = /[/*]/;\n',
  ]) {
    expect(stripped(code)).toBe(code);
  }
});

test('what bundlers and shells read stays, and so do the names of files', () => {
  for (const code of [
    '// src/one.ts\nconst a = 1;\n',
    '#!/usr/bin/env node\nf();\n',
    '/* @__PURE__ */\nf();\n',
    '/* @__NO_SIDE_EFFECTS__ */\nfunction f() {}\n',
  ]) {
    expect(stripped(code)).toBe(code);
  }
});
