import type { JSX } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import { dateOrders, type DateOrder } from '../../../../src/requests/time/written-date';
import type { Mapping } from '../../columns/mapping';
import { ordersOf, type LoadedSheet } from '../../sheet/loaded-sheet';
import { useLocalization, useWords } from '../../words/localization';

interface Props {
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

const cityOf = (zone: string): string => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;

/** The time zone of the sheet; by default the browser's own. */
export function ZoneChoice({ mapping, onChange }: Props): JSX.Element {
  const { words, locale } = useLocalization();
  const id = useId();
  const zones = [...new Set([mapping.timeZone, ...Intl.supportedValuesOf('timeZone')])];
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date('2030-01-01T14:00:00Z'),
  );
  return (
    <div class="field">
      <label for={id}>{words.zone}</label>
      <select
        id={id}
        value={mapping.timeZone}
        onChange={({ currentTarget }) => onChange({ ...mapping, timeZone: currentTarget.value })}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
      <small>{words.zoneExample(time, cityOf(mapping.timeZone))}</small>
    </div>
  );
}

/** Asked only if a date can be read in several ways. */
export function DateOrderChoice({
  sheet: { body, mapping },
  onChange,
}: Pick<Props, 'onChange'> & { readonly sheet: LoadedSheet }): JSX.Element | null {
  const words = useWords();
  const name = useId();
  const orders = useMemo(() => ordersOf(body, mapping), [body, mapping]);
  if (orders === undefined) return null;
  const choose = (dateOrder: DateOrder): void => onChange({ ...mapping, dateOrder });
  return (
    <fieldset>
      <legend>{words.dateOrder}</legend>
      {dateOrders.map((order) => (
        <label key={order} class="inline">
          <input
            type="radio"
            name={name}
            checked={mapping.dateOrder === order}
            onChange={() => choose(order)}
          />{' '}
          {words.dateOrders[order]}
        </label>
      ))}
    </fieldset>
  );
}
