import { SaxesParser } from 'saxes';
import { damaged } from './workbook-error';

/** Where an element's tag stands in the text, in UTF-16 code units: from its `<` to behind its `>`. */
export interface TagPlace {
  readonly start: number;
  readonly end: number;
}

export interface XmlTag {
  /** Without the prefix of its namespace, which programs choose as they like. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isSelfClosing: boolean;
}

export interface XmlHandlers {
  readonly open?: (tag: XmlTag, place: TagPlace) => void;
  /** Of a self-closing element too, with the place of its only tag. */
  readonly close?: (name: string, place: TagPlace) => void;
  readonly text?: (text: string) => void;
}

/** UTF-16 code units that are parsed at a time. */
const stepLength = 64 * 1024;

/** Elements within elements; those of a workbook are not twenty deep. */
const maxDepth = 100;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Goes through an XML text, in steps of 64 KB: a caller may do something else between them.
 * A document type is refused, so there are no entities but the five of XML and those of characters.
 * @throws WorkbookError where the text is not well-formed.
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
    throw damaged(`"${part}" has a document type, which workbooks do not have`);
  });
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    depth += 1;
    if (depth > maxDepth) throw damaged(`"${part}" is nested too deeply`);
    // Texts, since the parser is not asked to resolve namespaces.
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

/** All of a part at once, which only small parts are for. */
export function parseWholeXml(part: string, text: string, handlers: XmlHandlers): void {
  for (const _ of parseXml(part, text, handlers));
}

/** An attribute by its name without a prefix. */
export const attributeOf = ({ attributes }: XmlTag, wanted: string): string | undefined =>
  attributes[wanted] ??
  Object.entries(attributes).find(([name]) => localName(name) === wanted)?.[1];

/** For the text of an element or an attribute. What XML cannot hold is written as workbooks do: ECMA-376 part 1, 22.9.2.19. */
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

/** The other way. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_found, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
