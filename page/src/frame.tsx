import type { ComponentChildren, JSX } from 'preact';
import type { Caller } from './api/answers';
import { signOutPath } from './api/endpoints';
import { hrefOf } from './address';
import { languages, type Language } from './words/languages';
import { useLocalization } from './words/localization';

/** The frame around every step. */
export function Frame({
  caller,
  onLanguage,
  children,
}: {
  readonly caller: Caller | undefined;
  readonly onLanguage: (language: Language) => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { language, words } = useLocalization();
  return (
    <>
      <header>
        <a class="brand" href={hrefOf('file')}>
          {words.title}
        </a>
        <nav aria-label={words.title}>
          {caller !== undefined && (
            <>
              <a href={hrefOf('file')}>{words.newSheet}</a>
              <a href={hrefOf('batches')}>{words.myBatches}</a>
            </>
          )}
        </nav>
        <div class="account">
          {caller !== undefined && (
            <>
              <span>{words.signedInAs(caller.name)}</span>
              <a href={signOutPath}>{words.signOut}</a>
            </>
          )}
          <label>
            <span class="visually-hidden">{words.language}</span>
            <select
              value={language}
              onChange={(event) => onLanguage(event.currentTarget.value as Language)}
            >
              {Object.entries(languages).map(([tag, name]) => (
                <option key={tag} value={tag} lang={tag}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
      </header>
      <main>{children}</main>
    </>
  );
}
