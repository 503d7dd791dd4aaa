import { drawSvg } from './draw-svg.ts';
import { escapeHtml } from './escape-html.ts';
import type { Control, Figure, State } from './figure.ts';
import { type Scene, short } from './scene.ts';

// The parts of a figure as HTML: written once while the site is built, and again in the page whenever the state changes.

export function drawTable({ table }: Scene): string {
  const row = (cells: readonly (string | number)[], kind: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${kind}${kind === 'th' ? ' scope="col"' : ''}>${escapeHtml(String(cell))}</${kind}>`).join('')}</tr>`;
  return `<table><thead>${row(table.columns, 'th')}</thead><tbody>${table.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

function drawControls({ controls }: Figure, state: State): string {
  return controls.map((control, at) => drawControl(control, at, state)).join('');
}

function drawControl(control: Control<State>, at: number, state: State): string {
  const label = `<span>${escapeHtml(control.label)}</span>`;
  switch (control.kind) {
    case 'slider': {
      const { min, max, step, key } = control;
      const value = Number(state[key]);
      return (
        `<label class="slider">${label}<input type="range" data-control="${at}" min="${min}" max="${max}" step="${step}" value="${value}">` +
        `<output>${short(value)}</output></label>`
      );
    }
    case 'choice': {
      const options = control.options.map(
        ([value, text]) =>
          `<option value="${value}"${state[control.key] === value ? ' selected' : ''}>${escapeHtml(text)}</option>`,
      );
      return `<label class="choice">${label}<select data-control="${at}">${options.join('')}</select></label>`;
    }
    case 'button':
    case 'play':
      return `<button type="button" data-control="${at}"${control.kind === 'play' ? ' aria-pressed="false"' : ''}>${escapeHtml(control.label)}</button>`;
  }
}

/** What the picture says when it is reached by keyboard. */
function pictureLabel({ controls }: Figure): string {
  const first = controls.find(({ kind }) => kind === 'slider');
  return first === undefined ? 'Picture' : `Picture. The left and right arrow keys change: ${first.label}`;
}

/** A whole figure, as a page without JavaScript shows it. */
export function drawFigure(figure: Figure, state: State): string {
  const scene = figure.scene(state);
  return (
    `<figure><div data-part="picture"${figure.drag ? ' class="draggable"' : ''} tabindex="0" role="group" aria-label="${escapeHtml(pictureLabel(figure))}">${drawSvg(scene, figure.title)}</div>` +
    `<figcaption><p class="title">${escapeHtml(figure.title)}</p><p data-part="words">${escapeHtml(scene.words)}</p></figcaption>` +
    `<div data-part="controls">${drawControls(figure, state)}</div>` +
    `<details><summary>Numbers</summary><div data-part="table" tabindex="0" role="region" aria-label="Numbers of: ${escapeHtml(figure.title)}">${drawTable(scene)}</div></details></figure>`
  );
}
