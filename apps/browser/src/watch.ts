import type { Page } from 'playwright-core';

/** What went wrong on a page since `watchPage`; all lists are empty when nothing did. */
export interface Watched {
  /** What the content security policy blocked, each as `directive: address`. */
  readonly violations: readonly string[];
  /** Requested addresses outside the page's origin. */
  readonly foreign: readonly string[];
  /** Uncaught errors, and what was logged as an error. */
  readonly errors: readonly string[];
  /** Requests that the server answered with an error, such as 404. */
  readonly missing: readonly string[];
}

/**
 * Records what goes wrong on a page and in its workers. Call it before the page navigates.
 *
 * @param origin  the address of the site, such as `http://localhost:8080`; all others are foreign
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
    // The page receives no event for violations in workers: they are only logged.
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
