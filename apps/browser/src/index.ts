export { accessibilityViolations } from './accessibility.ts';
export { launchChromium, missingChromium } from './chromium.ts';
export { strictPolicy } from './policy.ts';
export { expectScreen, type ScreenComparison } from './screen.ts';
export { serveFolder, type Site, type SiteSettings } from './site.ts';
export { throttle } from './throttle.ts';
export { measureLoading, type Loading } from './loading.ts';
export { watchPage, type Watched } from './watch.ts';
export { weigh, type Weight } from './weight.ts';
