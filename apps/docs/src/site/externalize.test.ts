import { expect, test } from 'vitest';
import { externalize } from './externalize.ts';

test('an inline script becomes a script file at the same position, with the same attributes', () => {
  const { html, scripts } = externalize(
    '<p>a</p><script type="module">run();</script><script src="/x.js"></script>',
    '/_astro/',
  );
  const [[path, code]] = [...scripts] as [[string, string]];
  expect(code).toBe('run();');
  expect(html).toBe(`<p>a</p><script type="module" src="${path}"></script><script src="/x.js"></script>`);
});

test('equal scripts share one file, and equal styles share one class', () => {
  const { scripts, classes } = externalize(
    '<script>a()</script><script>a()</script><i style="top:1px"></i><b class="x" style="top:1px;">b</b>',
    '/_astro/',
  );
  expect(scripts.size).toBe(1);
  expect([...classes.values()]).toEqual(['top:1px']);
});

test('a style attribute becomes an additional class', () => {
  const { html, classes } = externalize(
    '<b class="x" style="--font:&quot;A&quot;" id="y">b</b><img style="" alt="">',
    '/_astro/',
  );
  const [[name, style]] = [...classes] as [[string, string]];
  expect(style).toBe('--font:"A"');
  expect(html).toBe(`<b class="${name} x" id="y">b</b><img alt="">`);
});
