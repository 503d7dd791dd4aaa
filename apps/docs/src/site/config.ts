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
import { externalizeSite } from './externalize.ts';
import { addPlayground } from './playground.ts';
import { sidebar } from './sidebar.ts';

// The packages are resolved to their sources, as everywhere in the repository.
const conditions = ['@nn/source'];

/** The Astro configuration. Its paths are relative to the folder of the app. */
export const config: AstroUserConfig = {
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  // Images are not transformed.
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
      description:
        'Neural networks in TypeScript, from the dot product to a trained model, with code that runs in the page.',
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
      name: 'postprocess',
      hooks: {
        'astro:build:done': ({ dir }) => {
          const site = fileURLToPath(dir);
          externalizeSite(site);
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
      // A separate folder, so that a server can send the worker under its own policy: see src/site/policy.ts.
      rolldownOptions: { output: { entryFileNames: 'run/[name].[hash].js', chunkFileNames: 'run/[name].[hash].js' } },
    },
  },
};
