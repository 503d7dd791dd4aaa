import { useEffect, useRef } from 'preact/hooks';
import * as store from '../state/store.ts';
import { Icon } from './icon.tsx';
import { keys } from './keys.ts';

/** The keys, and how to read what is drawn. */
export function HelpSheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = store.helpOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  return (
    <dialog ref={dialog} aria-labelledby="help-title" onClose={() => (store.helpOpen.value = false)}>
      {open && (
        <>
          <header>
            <h2 id="help-title">Keys, and how to read the drawing</h2>
            <button type="button" class="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
              <Icon name="close" />
            </button>
          </header>
          <dl class="keys">
            {keys.map(({ key, shown, does }) => (
              <div key={key}>
                <dt>
                  <kbd>{shown}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
            <div>
              <dt>
                <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd>
              </dt>
              <dd>From neuron to neuron, or along a curve</dd>
            </div>
            <div>
              <dt>
                <kbd>Enter</kbd> <kbd>Esc</kbd>
              </dt>
              <dd>Keep the picture of a neuron, or let it go</dd>
            </div>
          </dl>
          <ul>
            <li>A tile shows what its neuron gives over the plane: orange below zero, blue above.</li>
            <li>
              A wire is the thicker the heavier its weight, orange where it is negative, blue where it is positive.
            </li>
            <li>The output is the paler the less sure the network is; lines are the borders between classes.</li>
            <li>Each class has a colour and a shape; points that are held back for testing are hollow.</li>
            <li>The address of the page always holds all that you see: copy it to share or keep it.</li>
          </ul>
        </>
      )}
    </dialog>
  );
}
