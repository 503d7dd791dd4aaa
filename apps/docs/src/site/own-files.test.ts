import { expect, test } from 'vitest';
import { takeOut } from './own-files.ts';

test('an inline script becomes a file at the same place, with its attributes', () => {
  const { html, scripts } = takeOut(
    '<p>a</p><script type="module">run();</script><script src="/x.js"></script>',
    '/_astro/',
  );
  const [[path, code]] = [...scripts] as [[string, string]];
  expect(code).toBe('run();');
  expect(html).toBe(`<p>a</p><script type="module" src="${path}"></script><script src="/x.js"></script>`);
});

test('equal scripts are one file, and equal styles one class', () => {
  const { scripts, classes } = takeOut(
    '<script>a()</script><script>a()</script><i style="top:1px"></i><b class="x" style="top:1px;">b</b>',
    '/_astro/',
  );
  expect(scripts.size).toBe(1);
  expect([...classes.values()]).toEqual(['top:1px']);
});

test('a style attribute becomes a class beside those that are there', () => {
  const { html, classes } = takeOut(
    '<b class="x" style="--font:&quot;A&quot;" id="y">b</b><img style="" alt="">',
    '/_astro/',
  );
  const [[name, style]] = [...classes] as [[string, string]];
  expect(style).toBe('--font:"A"');
  expect(html).toBe(`<b class="${name} x" id="y">b</b><img alt="">`);
});
