import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withBlock } from './readme-block.ts';
import { lastPatterns, lastReport, readmes } from './saved.ts';

test('the content of a block is replaced, and nothing else', () => {
  const text = 'before\n<!-- speed -->\nold\n<!-- /speed -->\nafter\n';
  expect(withBlock(text, 'speed', 'new')).toBe('before\n<!-- speed -->\nnew\n<!-- /speed -->\nafter\n');
});

test('a text without the block is refused', () => {
  expect(() => withBlock('<!-- /speed --> <!-- speed -->', 'speed', '')).toThrow(
    'There is no block between <!-- speed --> and <!-- /speed -->.',
  );
});

test.each(readmes)('$file shows what was measured; "pnpm bench --tables" writes it', ({ file, blocks }) => {
  const text = readFileSync(file, 'utf8');
  for (const [name, content] of Object.entries(blocks(lastReport(), lastPatterns())))
    expect(withBlock(text, name, content)).toBe(text);
});
