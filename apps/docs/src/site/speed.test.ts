import { expect, test } from 'vitest';
import { speedHtml } from './speed.ts';

test('the table on the start page is the one that the benchmarks wrote into the README', () => {
  const html = speedHtml();
  expect(html).toMatch(
    /^<table class="speed" tabindex="0"><thead><tr><td><\/td><th>.*<\/table><p class="note">.+<\/p>$/s,
  );
  expect(html).toContain('training step');
  expect(html).not.toContain('---');
});

test('code, bold and links are what they are in the README', () => {
  const table = '| | a |\n|---|---|\n| `x` | **1 <** of [b](c) |\n\nOnce.\n';
  expect(speedHtml(`<!-- speed -->\n${table}<!-- /speed -->`)).toBe(
    '<table class="speed" tabindex="0"><thead><tr><td></td><th>a</th></tr></thead><tbody>' +
      '<tr><td><code>x</code></td><td><strong>1 &lt;</strong> of b</td></tr></tbody></table><p class="note">Once.</p>',
  );
});

test('a README that has lost its table is an error', () => {
  expect(() => speedHtml('**In speed.** We are fast.')).toThrow('README.md has no table');
});
