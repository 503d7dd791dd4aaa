import * as store from '../state/store.ts';
import { Icon } from './icon.tsx';

/** The notice of the page and the live region for screen readers. */
export function Notices() {
  const notice = store.notice.value;
  return (
    <>
      <div role="status" class="hidden">
        {store.announcement.value}
      </div>
      <div role={notice?.kind === 'error' ? 'alert' : 'status'} class="notices">
        {notice && (
          <div class={`notice ${notice.kind}`}>
            <div>
              <strong>{notice.title}</strong>
              {notice.lines.map((line, at) => (
                <p key={at}>{line}</p>
              ))}
            </div>
            <button type="button" class="quiet" aria-label="Dismiss" onClick={() => (store.notice.value = undefined)}>
              <Icon name="close" />
            </button>
          </div>
        )}
      </div>
    </>
  );
}
