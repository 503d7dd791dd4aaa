import { drawSvg } from './draw-svg.ts';
import { escapeHtml } from './escape-html.ts';
import type { Control, Figure, State } from './figure.ts';
import { type Scene, short } from './scene.ts';

// The parts of a figure as HTML. The site build writes them once; the page writes them again when the state changes.

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

/** The accessible label of the picture. It names the slider that the arrow keys move. */
function pictureLabel({ controls }: Figure): string {
  const first = controls.find(({ kind }) => kind === 'slider');
  return first === undefined ? 'Picture' : `Picture. The left and right arrow keys change: ${first.label}`;
}

/** A whole figure as static HTML, for pages without JavaScript. */
export function drawFigure(figure: Figure, state: State): string {
  const scene = figure.scene(state);
  return (
    `<figure><div data-part="picture"${figure.drag ? ' class="draggable"' : ''} tabindex="0" role="group" aria-label="${escapeHtml(pictureLabel(figure))}">${drawSvg(scene, figure.title)}</div>` +
    `<figcaption><p class="title">${escapeHtml(figure.title)}</p><p data-part="description">${escapeHtml(scene.description)}</p></figcaption>` +
    `<div data-part="controls">${drawControls(figure, state)}</div>` +
    `<details><summary>Data table</summary><div data-part="table" tabindex="0" role="region" aria-label="Data table of: ${escapeHtml(figure.title)}">${drawTable(scene)}</div></details></figure>`
  );
}
