import { cutText } from '../errors/cut-text';
import { maxAddressLength } from '../requests/limits';
import { isRecord } from '../requests/readers/scalar';

/** The organizer in a request that was not validated, as its result shows it. */
export function givenOrganizer(input: unknown): string | null {
  const organizer = isRecord(input) ? input['organizer'] : null;
  return typeof organizer === 'string' ? cutText(organizer, maxAddressLength) : null;
}
