import { plainName } from '../../../src/requests/plain-name';
import type { Heading } from './mapping';

const placeholder = /\{([^{}]+)\}/g;

const headingCalled = (name: string, headings: readonly Heading[]): Heading | undefined =>
  headings.find((each) => plainName(each.name) === plainName(name));

/** A text with the cells of the columns that it names: `{Pupil}`. Other names in braces stay as they are. */
export const fillIn = (
  text: string,
  headings: readonly Heading[],
  textAt: (column: number) => string,
): string =>
  text.replaceAll(placeholder, (whole, name: string) => {
    const heading = headingCalled(name, headings);
    return heading === undefined ? whole : textAt(heading.column);
  });

/** The names in braces that no column has, each once. */
export const unknownNames = (text: string, headings: readonly Heading[]): readonly string[] => {
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => headingCalled(name, headings) === undefined);
};
