import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { WorkbookError } from '../../../../src/workbook/workbook-error';
import { templatePath } from '../../api/endpoints';
import { PageHeading } from '../../page-heading';
import { firstSheet, loadSheet, maxRows, type LoadedSheet } from '../../sheet/loaded-sheet';
import { openFile, openPasted } from '../../sheet/open-file';
import { EmptyFile, MissingPart, OpenQuote, type OpenedFile } from '../../sheet/opened-file';
import { readers } from '../../sheet/readers';
import { NoSheet } from '../../sheet/read-text';
import type { Words } from '../../words/english';
import { useWords } from '../../words/localization';
import { DropArea } from './drop-area';
import { Latest } from './latest';

interface Props {
  readonly onLoad: (sheet: LoadedSheet) => void;
}

/** Step 1: choose, drop or paste a file, and choose its sheet. */
export function FileStep({ onLoad }: Props): JSX.Element {
  const words = useWords();
  const [file, setFile] = useState<OpenedFile>();
  const [problem, setProblem] = useState('');
  const take = (opened: OpenedFile, sheetName: string): void => {
    const loaded = loadSheet(opened, sheetName);
    if (loaded === 'empty') setProblem(words.emptySheet);
    else if (loaded === 'tooManyRows') setProblem(words.tooManyRows(maxRows));
    else onLoad(loaded);
  };
  const choose = (opened: OpenedFile): void => {
    const visible = opened.sheets.filter(({ isHidden }) => !isHidden);
    if (visible.length > 1) setFile(opened);
    else take(opened, firstSheet(opened));
  };
  const latest = useRef(new Latest()).current;
  useEffect(() => () => latest.leave(), [latest]);
  const attempt = (reading: Promise<OpenedFile>, onRead: (opened: OpenedFile) => void): void => {
    setProblem('');
    void latest.wait(reading, onRead, (thrown) => setProblem(sentenceOf(thrown, words)));
  };
  const open = (reading: Promise<OpenedFile>): void => {
    setFile(undefined);
    attempt(reading, choose);
  };
  usePaste((text) => open(openPasted(words.pasted, text, readers)));
  return (
    <>
      <PageHeading text={words.fileTitle} step={1} />
      <p class="lead">{words.fileLead}</p>
      <DropArea onFile={(chosen) => open(read(chosen))} />
      <p class="assurance">{words.staysHere}</p>
      {problem !== '' && (
        <p class="notice error" role="alert">
          {problem}
        </p>
      )}
      {file !== undefined && (
        <SheetChoice
          file={file}
          onChoose={(name) => attempt(Promise.resolve(file), () => take(file, name))}
        />
      )}
      <Templates />
    </>
  );
}

const read = async (file: File): Promise<OpenedFile> =>
  openFile(file.name, new Uint8Array(await file.arrayBuffer()), readers);

function sentenceOf(thrown: unknown, words: Words): string {
  if (thrown instanceof EmptyFile) return words.emptyFile;
  if (thrown instanceof NoSheet) return words.noSheet;
  if (thrown instanceof MissingPart) return words.missingPart;
  if (thrown instanceof OpenQuote) return words.openQuote(thrown.row);
  const isTooLarge = thrown instanceof WorkbookError && thrown.kind === 'tooLarge';
  return isTooLarge ? words.tooLarge : words.unreadable;
}

function usePaste(onText: (text: string) => void): void {
  // Listens as soon as the step is visible.
  useLayoutEffect(() => {
    const listen = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim() !== '') onText(text);
    };
    addEventListener('paste', listen);
    return () => removeEventListener('paste', listen);
  });
}

function SheetChoice({
  file,
  onChoose,
}: {
  readonly file: OpenedFile;
  readonly onChoose: (sheet: string) => void;
}): JSX.Element {
  const words = useWords();
  return (
    <fieldset class="sheets">
      <legend>{words.whichSheet}</legend>
      {file.sheets.map(({ name, isHidden }) => (
        <button key={name} type="button" onClick={() => onChoose(name)}>
          {name}
          {isHidden && ` (${words.hidden})`}
        </button>
      ))}
    </fieldset>
  );
}

function Templates(): JSX.Element {
  const words = useWords();
  return (
    <p>
      {words.template}{' '}
      <a href={templatePath('xlsx')} download>
        {words.templateExcel}
      </a>{' '}
      ·{' '}
      <a href={templatePath('csv')} download>
        {words.templateCsv}
      </a>
    </p>
  );
}
