import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';

/** How many turns have come; every one is a task of its own, so that a slow page answers between them. */
const turns = signal(0);
const last = 5;

/** Begins to let the parts of the page in. */
export function startDeferred(): void {
  setTimeout(() => {
    turns.value++;
    if (turns.value < last) startDeferred();
  });
}

/** A part of the page that is put in when its turn comes. */
export function Deferred({ turn, of: Part }: { readonly turn: number; readonly of: FunctionComponent }) {
  return turns.value >= turn ? <Part /> : null;
}
