import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { signInPath } from './api/endpoints';
import { PageHeading } from './page-heading';
import { useWords } from './words/localization';

const key = 'convoke.address';

/**
 * Shown to people who are not signed in; `isOff` if nobody can sign in to this app. Keeps the address they wanted in
 * this tab, because signing in leaves the page.
 */
export function SignIn({ isOff }: { readonly isOff: boolean }): JSX.Element {
  const words = useWords();
  useLayoutEffect(() => {
    if (location.hash !== '') sessionStorage.setItem(key, location.hash);
  }, []);
  return (
    <section class="card">
      <PageHeading text={words.signInTitle} />
      <p>{isOff ? words.signInOff : words.signInText}</p>
      {!isOff && (
        <a class="button primary" href={signInPath}>
          {words.signIn}
        </a>
      )}
    </section>
  );
}

/** Continues at the address where the sign-in began. */
export function returnToAddress(): void {
  const wanted = sessionStorage.getItem(key);
  if (wanted === null) return;
  sessionStorage.removeItem(key);
  if (location.hash === '') location.replace(wanted);
}
