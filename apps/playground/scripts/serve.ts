import { join } from 'node:path';
import { serveFolder } from '@nn/browser';

// `pnpm playground`: the built pages, on this machine only.
const site = await serveFolder(join(import.meta.dirname, '../dist'), { port: Number(process.env['PORT'] ?? 0) });
console.log(`The playground is at ${site.url}/   (Ctrl+C ends it)`);
