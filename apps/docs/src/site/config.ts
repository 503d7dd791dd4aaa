import { fileURLToPath } from 'node:url';
import { unified } from '@astrojs/markdown-remark';
import starlight from '@astrojs/starlight';
import type { AstroUserConfig } from 'astro';
import remarkMath from 'remark-math';
import { expandTags } from '../markdown/expand-tags.ts';
import { focusableTables } from '../markdown/focusable-tables.ts';
import { typesetMath } from '../markdown/typeset-math.ts';
import { compress } from './compress.ts';
import { writeOfflineFiles } from './offline-files.ts';
import { giveOwnFiles } from './own-files.ts';
import { addPlayground } from './playground.ts';
import { sidebar } from './sidebar.ts';

// The packages are read from their sources, as everywhere in the repository.
const conditions = ['@nn/source'];

/** What Astro builds the site with. Paths in it are seen from the folder of the app. */
export const config: AstroUserConfig = {
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  // Pictures are used as they are.
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  markdown: {
    processor: unified({
      remarkPlugins: [remarkMath, typesetMath, expandTags],
      rehypePlugins: [focusableTables],
    }),
  },
  integrations: [
    starlight({
      title: 'nn',
      description: 'Neural networks in TypeScript, from a dot product to a trained model: pages that run.',
      sidebar,
      customCss: [
        'katex/dist/katex.min.css',
        './src/styles/site.css',
        './src/styles/cell.css',
        './src/styles/figure.css',
      ],
      components: { Head: './src/site/Head.astro', Search: './src/site/Search.astro' },
      credits: false,
      expressiveCode: { themes: ['github-dark', 'github-light'] },
    }),
    {
      name: 'finish',
      hooks: {
        'astro:build:done': ({ dir }) => {
          const site = fileURLToPath(dir);
          giveOwnFiles(site);
          addPlayground(site);
          writeOfflineFiles(site);
          compress(site);
        },
      },
    },
  ],
  vite: {
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    build: { assetsInlineLimit: 0 },
    worker: {
      format: 'es',
      // In a folder of its own, so that a server can give it a policy of its own: see src/site/policy.ts.
      rolldownOptions: { output: { entryFileNames: 'run/[name].[hash].js', chunkFileNames: 'run/[name].[hash].js' } },
    },
  },
};
