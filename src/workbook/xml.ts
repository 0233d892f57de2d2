import { SaxesParser } from 'saxes';
import { damaged } from './workbook-error';

/** The position of a tag in the text, in UTF-16 code units: from its `<` to after its `>`. */
export interface TagPlace {
  readonly start: number;
  readonly end: number;
}

/** A start tag. Attributes have their names as written, with their prefixes. */
export interface XmlTag {
  /** Without the namespace prefix, which programs choose freely. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isSelfClosing: boolean;
}

/** Called for each part of the text, in order. What they throw ends the parsing. */
export interface XmlHandlers {
  readonly open?: (tag: XmlTag, place: TagPlace) => void;
  /** Also called for a self-closing element, with the place of its only tag. */
  readonly close?: (name: string, place: TagPlace) => void;
  readonly text?: (text: string) => void;
}

/** Number of UTF-16 code units parsed at a time. */
const stepLength = 64 * 1024;

/** Maximum nesting of elements; those of a workbook are less than twenty deep. */
const maxDepth = 100;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses an XML text in steps of 64 KB, so that the caller can do other work in between. Refuses a document type, so
 * the only entities are the five of XML and character references. @throws WorkbookError if the text is not well-formed.
 */
export function* parseXml(part: string, text: string, handlers: XmlHandlers): Generator<void> {
  const parser = new SaxesParser({ position: true });
  let depth = 0;
  const place = (): TagPlace => ({
    // Attributes cannot hold a `<`, so the last one before the end begins the tag.
    start: text.lastIndexOf('<', parser.position - 1),
    end: parser.position,
  });
  parser.on('error', () => {
    throw damaged(`"${part}" is not well-formed XML at line ${parser.line}`);
  });
  parser.on('doctype', () => {
    throw damaged(`"${part}" contains a document type, which is not allowed in a workbook`);
  });
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    depth += 1;
    if (depth > maxDepth) throw damaged(`"${part}" is nested too deeply`);
    // Attributes are texts, because the parser does not resolve namespaces.
    const texts = attributes as Readonly<Record<string, string>>;
    handlers.open?.({ name: localName(name), attributes: texts, isSelfClosing }, place());
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handlers.close?.(localName(name), place());
  });
  parser.on('text', (piece) => handlers.text?.(piece));
  parser.on('cdata', (piece) => handlers.text?.(piece));
  for (let at = 0; at < text.length; at += stepLength) {
    parser.write(text.slice(at, at + stepLength));
    yield;
  }
  parser.close();
}

/** Parses a whole part at once; for small parts only. */
export function parseWholeXml(part: string, text: string, handlers: XmlHandlers): void {
  for (const _ of parseXml(part, text, handlers));
}

/** An attribute by its name without a prefix. */
export const attributeOf = ({ attributes }: XmlTag, wanted: string): string | undefined =>
  attributes[wanted] ??
  Object.entries(attributes).find(([name]) => localName(name) === wanted)?.[1];

/**
 * Escapes the text of an element or attribute. Writes characters that XML does not allow as workbooks do: ECMA-376 part
 * 1, 22.9.2.19.
 */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/_x[\dA-Fa-f]{4}_/g, (found) => `_x005F${found}`)
    .replaceAll(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, toEscape)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const toEscape = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** Decodes text as `escapeXml` writes it. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_found, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
