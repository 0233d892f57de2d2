import * as z from 'zod';
import { listReader, objectReader } from './object';
import { choiceReader, readBoolean, readText, readTime, type Reader } from './scalar';

/** Builds the reader of a schema's strict form, once, when a module is loaded. */
export function readerFor(schema: z.core.$ZodType, path = ''): Reader {
  if (schema instanceof z.ZodOptional) return readerFor(schema.unwrap(), path);
  if (schema instanceof z.ZodISODateTime) return readTime;
  if (schema instanceof z.ZodString) return readText;
  if (schema instanceof z.ZodBoolean) return readBoolean;
  if (schema instanceof z.ZodEnum) return choiceReader(schema.options.map(String));
  if (schema instanceof z.ZodArray) return listReader(readerFor(schema.element, path));
  if (schema instanceof z.ZodObject) return objectReader(readersFor(schema.shape, path), path);
  throw new TypeError(`There is no reader for ${path}.`);
}

/**
 * Builds a reader for each property. `path` is the JSON path of the object.
 * @throws TypeError for a schema that no reader fits.
 */
export const readersFor = (shape: z.core.$ZodShape, path = ''): Record<string, Reader> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [
      name,
      readerFor(schema, path === '' ? name : `${path}.${name}`),
    ]),
  );
