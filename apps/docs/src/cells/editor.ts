import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor of one cell. */
export interface Editor {
  text: string;
  focus(): void;
}

/** Callbacks of an editor. */
export interface EditorListener {
  changed(): void;
  /** Escape was pressed: the focus leaves the editor. */
  left(): void;
}

// The colours are CSS variables of the page, which the shadow root inherits.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.moduleKeyword, tags.operatorKeyword], color: 'var(--nn-code-keyword)' },
  { tag: [tags.string], color: 'var(--nn-code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--nn-code-number)' },
  { tag: [tags.comment], color: 'var(--nn-code-comment)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.className], color: 'var(--nn-code-type)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--nn-code-function)' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--sl-color-white)', backgroundColor: 'var(--nn-code-ground)', fontSize: 'var(--sl-text-code)' },
  '&.cm-focused': { outline: '2px solid var(--sl-color-accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--__sl-font-mono)', lineHeight: 'var(--sl-line-height)' },
  '.cm-content': { padding: '0.75rem 0', caretColor: 'var(--sl-color-white)' },
  '.cm-line': { padding: '0 1rem' },
  '.cm-selectionBackground, ::selection': { backgroundColor: 'var(--nn-code-selection) !important' },
});

// By default the browser replaces selected lines by elements with style attributes, which the policy forbids.
const replaceSelected = EditorView.domEventHandlers({
  beforeinput({ inputType, data }, view) {
    if (inputType !== 'insertText' || data === null || view.composing || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), { scrollIntoView: true, userEvent: 'input.type' });
    return true;
  },
});

/**
 * Opens an editor in a shadow root. There CodeMirror uses adopted style sheets, which a policy without inline styles allows.
 * Tab moves the focus to the next control, as everywhere on the page.
 */
export function openEditor(root: ShadowRoot, text: string, label: string, listener: EditorListener): Editor {
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        // The cell handles Shift+Enter and runs.
        keymap.of([
          { key: 'Shift-Enter', run: () => true, stopPropagation: false },
          { key: 'Escape', run: () => (listener.left(), true) },
        ]),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        history(),
        javascript({ typescript: true }),
        indentOnInput(),
        bracketMatching(),
        syntaxHighlighting(colours),
        look,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
        replaceSelected,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) listener.changed();
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    focus: () => view.focus(),
  };
}
