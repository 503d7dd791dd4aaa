import { CellElement } from './cells/cell-element.ts';
import { FigureElement } from './figures/figure-element.ts';

/** Brings the custom elements of a page to life. `nn-playground` is a link as it stands, and needs nothing. */
export function defineElements(): void {
  customElements.define('nn-cell', CellElement);
  customElements.define('nn-figure', FigureElement);
}
