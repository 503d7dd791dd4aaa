import { CellElement } from './cells/cell-element.ts';
import { FigureElement } from './figures/figure-element.ts';

/** Defines the custom elements of a page. `nn-playground` contains a plain link and needs no code. */
export function defineElements(): void {
  customElements.define('nn-cell', CellElement);
  customElements.define('nn-figure', FigureElement);
}
