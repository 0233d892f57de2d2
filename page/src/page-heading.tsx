import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useWords } from './words/localization';

/** The heading of a step. It takes the focus, so that screen readers announce the step; the title of the tab has it too. */
export function PageHeading({
  text,
  step,
}: {
  readonly text: string;
  /** From 1. */
  readonly step?: number;
}): JSX.Element {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
  }, []);
  useLayoutEffect(() => {
    document.title = `${text} – ${words.title}`;
  }, [text, words]);
  return (
    <>
      {step !== undefined && <Progress step={step} />}
      <h1 ref={heading} tabIndex={-1}>
        {text}
      </h1>
    </>
  );
}

function Progress({ step }: { readonly step: number }): JSX.Element {
  const { steps, stepOf } = useWords();
  return (
    <ol class="steps" aria-label={stepOf(step, steps.length)}>
      {steps.map((name, index) => (
        <li
          key={name}
          class={index + 1 < step ? 'past' : ''}
          aria-current={index + 1 === step ? 'step' : undefined}
        >
          {name}
        </li>
      ))}
    </ol>
  );
}
