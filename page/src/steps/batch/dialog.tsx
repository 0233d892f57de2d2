import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useWords } from '../../words/localization';

interface Props {
  readonly title: string;
  /** Buttons in front of the one that closes the dialog and changes nothing. */
  readonly actions: ComponentChildren;
  /** Called after the dialog has closed: it returns the focus to where it was. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Asks before meetings are changed. */
export function Dialog({ title, actions, onClose, children }: Props): JSX.Element {
  const words = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // Not the first button: a second Enter would press it.
    heading.current?.focus();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <div class="actions">
        {actions}
        <button type="button" onClick={() => dialog.current?.close()}>
          {words.keep}
        </button>
      </div>
    </dialog>
  );
}
