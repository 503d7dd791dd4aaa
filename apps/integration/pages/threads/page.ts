import { seen } from './training.ts';

// Runs on the page and in a worker, as in an app that trains in the background.
const show = (where: 'page' | 'worker', what: unknown): void => {
  document.body.dataset[where] = JSON.stringify(what);
};
void seen().then((what) => show('page', what));
const trainer = new Worker(new URL('./trainer.ts', import.meta.url), { type: 'module' });
trainer.addEventListener('message', ({ data }) => show('worker', data));
