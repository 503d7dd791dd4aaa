import { expect, test } from 'vitest';
import { speedHtml } from './speed.ts';

test('the start page shows the benchmark table of the README', () => {
  const html = speedHtml();
  expect(html).toMatch(
    /^<table class="speed" tabindex="0"><thead><tr><td><\/td><th>.*<\/table><p class="note">.+<\/p>$/s,
  );
  expect(html).toContain('training step');
  expect(html).not.toContain('---');
});

test('code and bold are rendered, and links become their text', () => {
  const table = '| | a |\n|---|---|\n| `x` | **1 <** of [b](c) |\n\nOnce.\n';
  expect(speedHtml(`<!-- speed -->\n${table}<!-- /speed -->`)).toBe(
    '<table class="speed" tabindex="0"><thead><tr><td></td><th>a</th></tr></thead><tbody>' +
      '<tr><td><code>x</code></td><td><strong>1 &lt;</strong> of b</td></tr></tbody></table><p class="note">Once.</p>',
  );
});

test('a README without a benchmark table is an error', () => {
  expect(() => speedHtml('**In speed.** We are fast.')).toThrow('README.md has no table');
});
