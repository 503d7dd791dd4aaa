import { join } from 'node:path';
import { serveFolder } from '@nn/browser';

// `pnpm playground`: serves the built playground on localhost.
const site = await serveFolder(join(import.meta.dirname, '../dist'), { port: Number(process.env['PORT'] ?? 0) });
console.log(`The playground is at ${site.url}/   (Ctrl+C stops the server)`);
