import { describe, expect, test } from 'vitest';
import { figures } from '../src/figures/index.ts';
import { contentPages } from '../src/site/content-pages.ts';
import { sidebar } from '../src/site/sidebar.ts';

const pages = contentPages();
const listed = sidebar.flatMap(({ items }) => items);

/** The anchors of a page: the slugs of its headings, as GitHub and Astro make them. */
const anchors = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^#{2,6} (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );

test('the sidebar lists exactly the pages', () => {
  const addresses = pages.map(({ address }) => address).filter((address) => address !== '/' && address !== '/404/');
  expect(listed.map((page) => `/${page}/`).toSorted()).toEqual(addresses.toSorted());
});

test.each(pages.map((page) => [page.address, page] as const))(
  'the front matter of %s quotes texts with a colon, which YAML requires',
  (_address, { markdown }) => {
    const [, frontMatter] = /^---\n(.*?)\n---\n/s.exec(markdown)!;
    expect(frontMatter).not.toMatch(/^\s*(- )?\w+: [^"'\n]*: /m);
  },
);

test('page file names are unique, because cells are found by them', () => {
  expect(new Set(pages.map(({ name }) => name)).size).toBe(pages.length);
});

const lessons = pages.filter(({ name }) => name !== '404');

describe.each(lessons.map((page) => [page.address, page] as const))('%s', (address, { markdown, tags }) => {
  test('links only to existing pages and headings', () => {
    const links = [...markdown.matchAll(/\]\((\/[^)\s]*)\)|link: (\/\S*)/g)].map(
      ([, inText, inMatter]) => inText ?? inMatter!,
    );
    for (const link of links) {
      const [path, anchor] = link.split('#') as [string, string?];
      const target = pages.find((page) => page.address === path);
      expect(target, `${address} links to ${link}`).toBeDefined();
      if (anchor !== undefined) expect(anchors(target!.markdown), `${address} links to ${link}`).toContain(anchor);
    }
  });

  test('uses only existing figures', () => {
    const used = tags.flatMap(({ name, attributes }) => (name === 'nn-figure' ? [attributes['name']] : []));
    expect(Object.keys(figures)).toEqual(expect.arrayContaining(used));
  });

  test('has its code in cells, so that the tests run it', () => {
    expect(markdown).not.toMatch(/^```(ts|js|typescript|javascript)\b/m);
  });

  test('has a description and a predict-then-reveal question', () => {
    expect(markdown).toMatch(/<details class="predict">\n<summary>Predict: .*<\/summary>/);
    expect(markdown).toMatch(/^description: .{20,}$/m);
  });
});

test('every mistake of the notebook is listed and corrected on its page', () => {
  const errata = pages.find(({ name }) => name === 'errata')!.markdown;
  const rows = [...errata.matchAll(/^\| (?!what|---)(.*) \| .* \| \[.*\]\((\/[^)#]*)/gm)];
  expect(rows).toHaveLength(14);
  for (const [, , path] of rows) {
    expect(pages.find(({ address }) => address === path)!.markdown).toMatch(/^:::caution\[/m);
  }
});
