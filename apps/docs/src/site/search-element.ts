/** A search result of Pagefind. The excerpt is HTML whose only element is `<mark>`. */
interface SearchResult {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}

/** The API of Pagefind. The build writes it beside the pages. */
interface Pagefind {
  /** Null if a newer search has started. */
  debouncedSearch(query: string): Promise<{ readonly results: readonly { data(): Promise<SearchResult> }[] } | null>;
}

const mostShown = 8;

/** The search of the site. Ctrl+K or its button opens it; the first input loads Pagefind. */
export class SearchElement extends HTMLElement {
  #pagefind: Promise<Pagefind> | undefined;

  connectedCallback(): void {
    const dialog = this.querySelector('dialog')!;
    const input = this.querySelector('input')!;
    const open = (): void => {
      if (!dialog.open) dialog.showModal();
      input.select();
    };
    this.querySelector('.open')!.addEventListener('click', open);
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    input.addEventListener('input', () => void this.#search(input.value.trim()));
    // Enter opens the first result.
    this.querySelector('form')!.addEventListener('submit', (event) => {
      const first = event.submitter === null ? this.querySelector<HTMLAnchorElement>('ol a') : null;
      if (first === null) return;
      event.preventDefault();
      first.click();
    });
  }

  async #search(query: string): Promise<void> {
    const address = '/pagefind/pagefind.js';
    try {
      this.#pagefind ??= import(/* @vite-ignore */ address) as Promise<Pagefind>;
      const answer = query === '' ? { results: [] } : await (await this.#pagefind).debouncedSearch(query);
      if (answer === null) return;
      const { results } = answer;
      this.#show(await Promise.all(results.slice(0, mostShown).map((result) => result.data())));
      const count = results.length === 1 ? '1 page' : `${results.length} pages`;
      this.#say(query === '' ? '' : results.length === 0 ? `No results for “${query}”.` : `${count} for “${query}”`);
    } catch {
      this.#say('The search index could not be loaded. Only the built site has one.');
    }
  }

  #show(found: readonly SearchResult[]): void {
    const items = found.map(({ url, meta, excerpt }) => {
      const [item, link, text] = [
        document.createElement('li'),
        document.createElement('a'),
        document.createElement('p'),
      ];
      link.href = url;
      link.textContent = meta['title'] ?? url;
      text.innerHTML = excerpt;
      item.append(link, text);
      return item;
    });
    this.querySelector('ol')!.replaceChildren(...items);
  }

  #say(text: string): void {
    this.querySelector('[role="status"]')!.textContent = text;
  }
}
