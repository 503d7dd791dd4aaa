import { seen } from './training.ts';

void seen().then((what) => postMessage(what));
