/** The icons of the buttons, in a 20 × 20 view box. */
const paths = {
  play: 'M6 4l10 6-10 6z',
  pause: 'M5 4h3.5v12H5zM11.5 4H15v12h-3.5z',
  step: 'M4 4l8 6-8 6zM13.5 4H16v12h-2.5z',
  back: 'M16 4l-8 6 8 6zM4 4h2.5v12H4z',
  reset: 'M10 3a7 7 0 1 0 7 7h-2a5 5 0 1 1-5-5v3l5-4-5-4z',
  dice: 'M4 3h12a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zm1 2v10h10V5zm1.6 1.6h2v2h-2zm4.8 0h2v2h-2zm-2.4 2.4h2v2H9zm-2.4 2.4h2v2h-2zm4.8 0h2v2h-2z',
  plus: 'M9 4h2v5h5v2h-5v5H9v-5H4V9h5z',
  minus: 'M4 9h12v2H4z',
  close: 'M5.4 4L10 8.6 14.6 4 16 5.4 11.4 10l4.6 4.6-1.4 1.4L10 11.4 5.4 16 4 14.6 8.6 10 4 5.4z',
  link: 'M8.5 6H6a4 4 0 0 0 0 8h2.5v-2H6a2 2 0 0 1 0-4h2.5zM11.5 6v2H14a2 2 0 0 1 0 4h-2.5v2H14a4 4 0 0 0 0-8zM7 9h6v2H7z',
  help: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zm0 2a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM9 13h2v1.8H9zm1-7.6c-1.8 0-2.9 1-3 2.6h1.8c.1-.7.5-1.1 1.2-1.1.6 0 1.1.4 1.1 1 0 .6-.3.8-.9 1.3C9.3 9.7 9 10.3 9 11.800h1.900c0-.9.2-1.2.9-1.8.7-.6 1.1-1.2 1.1-2.1 0-1.5-1.2-2.5-2.9-2.500z',
  theme: 'M10 2.500a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zm0 2v11a5.5 5.5 0 0 1 0-11z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
