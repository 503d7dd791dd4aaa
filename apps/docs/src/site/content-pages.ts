import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type CustomTag, tagsOf } from '../markdown/custom-tags.ts';

/** A page of the site and its Markdown source. */
export interface ContentPage {
  /** The name of its file and of the folder of its cells. */
  readonly name: string;
  /** Its address: `/layers/dot-product/`. */
  readonly address: string;
  readonly markdown: string;
  readonly tags: readonly CustomTag[];
}

const folder = join(import.meta.dirname, '../content/docs');

/** All pages, by address. */
export function contentPages(): readonly ContentPage[] {
  return globSync('**/*.md', { cwd: folder })
    .toSorted()
    .map((path) => {
      const markdown = readFileSync(join(folder, path), 'utf8');
      const address = `/${path.replace(/(index)?\.md$/, '')}/`.replace('//', '/');
      return { name: basename(path, '.md'), address, markdown, tags: tagsOf(markdown) };
    });
}
