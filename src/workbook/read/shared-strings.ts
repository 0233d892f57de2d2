import type { WorkbookLimits } from '../limits';
import { tooLarge } from '../workbook-error';
import { parseWholeXml, unescapeText, type XmlHandlers } from '../xml';

/** Collects the text of a cell from its runs, without phonetic text. ECMA-376 part 1, 18.4.8 and 18.4.6. */
export class TextRuns {
  #text = '';
  #isText = false;
  #phonetic = 0;

  open(name: string): void {
    if (name === 'rPh') this.#phonetic += 1;
    else if (name === 't') this.#isText = this.#phonetic === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 't') this.#isText = false;
  }

  text(piece: string): void {
    if (this.#isText) this.#text += piece;
  }

  /** Returns the text so far and begins the next one. */
  take(): string {
    const text = unescapeText(this.#text);
    this.#text = '';
    return text;
  }
}

/** The texts that cells refer to by number. */
export function readSharedStrings(
  part: string,
  text: string,
  { maxSharedStrings }: WorkbookLimits,
): readonly string[] {
  const strings: string[] = [];
  const runs = new TextRuns();
  const handlers: XmlHandlers = {
    open: ({ name }) => runs.open(name),
    close(name) {
      runs.close(name);
      if (name !== 'si') return;
      strings.push(runs.take());
      if (strings.length > maxSharedStrings)
        throw tooLarge(`it has more than ${maxSharedStrings} texts`);
    },
    text: (piece) => runs.text(piece),
  };
  parseWholeXml(part, text, handlers);
  return strings;
}
