import { MeetingError } from '../../errors/meeting-error';
import type { GraphResponse } from './errors';

/** A string in an OData filter; a quote is doubled: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_URLSyntax */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The list in an answer. @throws MeetingError `graphUnavailable` if there is no list: that does not mean an empty one. */
export function listIn({ body }: Pick<GraphResponse, 'body'>): readonly unknown[] {
  const value = (body as { readonly value?: unknown } | null)?.value;
  if (Array.isArray(value)) return value;
  throw new MeetingError('graphUnavailable', 'Microsoft Graph did not return a list.');
}
