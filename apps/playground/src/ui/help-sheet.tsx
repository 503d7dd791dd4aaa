import { useEffect, useRef } from 'preact/hooks';
import * as store from '../state/store.ts';
import { Icon } from './icon.tsx';
import { keys } from './keys.ts';

/** The keyboard shortcuts and the legend of the drawing. */
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
            <h2 id="help-title">Keyboard shortcuts and legend</h2>
            <button type="button" class="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
              <Icon name="close" />
            </button>
          </header>
          <dl class="keys">
            {keys.map(({ key, shown, action }) => (
              <div key={key}>
                <dt>
                  <kbd>{shown}</kbd>
                </dt>
                <dd>{action}</dd>
              </div>
            ))}
            <div>
              <dt>
                <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd>
              </dt>
              <dd>Move between neurons, or along a curve</dd>
            </div>
            <div>
              <dt>
                <kbd>Enter</kbd> <kbd>Esc</kbd>
              </dt>
              <dd>Pin a neuron, or unpin it</dd>
            </div>
          </dl>
          <ul>
            <li>A tile shows the output of its neuron over the input plane: orange is negative, blue is positive.</li>
            <li>A line is a weight: thicker is larger in magnitude, orange is negative, blue is positive.</li>
            <li>Output: paler colours are lower class probabilities; the lines are the decision boundaries.</li>
            <li>Each class has a colour and a shape. Test samples are hollow.</li>
            <li>The address of the page contains all settings: copy it to share or save them.</li>
          </ul>
        </>
      )}
    </dialog>
  );
}
