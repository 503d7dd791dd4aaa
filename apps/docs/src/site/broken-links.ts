import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The HTML of the pages of a built site, by address: `/layers/dot-product/`. */
export function builtPages(site: string): ReadonlyMap<string, string> {
  const files = globSync('**/*.html', { cwd: site }).filter((file) => !file.startsWith('playground/'));
  return new Map(
    files.map((file) => [`/${file.replace(/index\.html$/, '')}`, readFileSync(join(site, file), 'utf8')] as const),
  );
}

/** Broken links, missing files and missing anchors of a built site, each as `page → address`. */
export function brokenLinks(site: string): readonly string[] {
  const pages = builtPages(site);
  const anchors = new Map([...pages].map(([address, html]) => [address, idsOf(html)] as const));
  return [...pages].flatMap(([address, html]) =>
    [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].flatMap(([, link]) => {
      const { origin, pathname, hash } = new URL(link!.replaceAll('&amp;', '&'), `http://site${address}`);
      if (origin !== 'http://site') return [];
      const target = anchors.get(pathname);
      if (
        target === undefined &&
        !existsSync(join(site, pathname.endsWith('/') ? `${pathname}index.html` : pathname))
      ) {
        return [`${address} → ${link}`];
      }
      const anchor = decodeURIComponent(hash.slice(1));
      return anchor === '' || target === undefined || target.has(anchor) ? [] : [`${address} → ${link}`];
    }),
  );
}

const idsOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!));
