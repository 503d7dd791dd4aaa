import type { Page } from 'playwright-core';

/** What went wrong on a page since it has been watched; all lists are empty when all is well. */
export interface Watched {
  /** What the content security policy stopped, each as `directive: address`. */
  readonly violations: readonly string[];
  /** Addresses outside the page's own origin that were asked for. */
  readonly foreign: readonly string[];
  /** Errors that nobody caught, and what was logged as an error. */
  readonly errors: readonly string[];
  /** Files that the server did not have. */
  readonly missing: readonly string[];
}

/**
 * Writes down what goes wrong on a page and in its workers. Call it before the page goes anywhere.
 *
 * @param origin  the address of the site, as `http://localhost:8080`: all others are foreign
 */
export async function watchPage(page: Page, origin: string): Promise<Watched> {
  const violations: string[] = [];
  const foreign: string[] = [];
  const errors: string[] = [];
  const missing: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url)) foreign.push(url);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // Workers have no event that the page could hear: what is stopped there is only logged.
    (/Content Security Policy/i.test(message.text()) ? violations : errors).push(message.text());
  });
  await page.exposeFunction('reportViolation', (violation: string) => violations.push(violation));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      const { reportViolation } = window as unknown as { reportViolation(violation: string): void };
      reportViolation(`${effectiveDirective}: ${blockedURI}`);
    });
  });
  return { violations, foreign, errors, missing };
}
