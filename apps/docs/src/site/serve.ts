// Serves the built site until it is interrupted. `PORT` chooses another port.
import { serveSite } from './serve-site.ts';

const site = await serveSite(Number(process.env['PORT'] ?? 4321));
console.log(`\nThe docs are at ${site.url}/   (Ctrl+C ends it)`);
