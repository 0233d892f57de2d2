import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BatchStatus } from '../../api/answers';
import { batches } from '../../api/endpoints';
import { hrefOf } from '../../address';
import { PageHeading } from '../../page-heading';
import { Notice } from '../../notice';
import { useLocalization } from '../../words/localization';
import { Counts } from './counts';

/** The lists of this user, newest first. */
export function BatchList(): JSX.Element {
  const { words } = useLocalization();
  const [list, setList] = useState<readonly BatchStatus[]>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    batches().then(setList, setError);
  }, []);
  return (
    <>
      <PageHeading text={words.batchesTitle} />
      {error !== undefined && <Notice kind="error" error={error} />}
      {list === undefined && error === undefined && <Notice kind="loading" />}
      {list?.length === 0 && <p>{words.noBatches}</p>}
      {list !== undefined && list.length > 0 && <Table list={list} />}
    </>
  );
}

function Table({ list }: { readonly list: readonly BatchStatus[] }): JSX.Element {
  const { words, locale } = useLocalization();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={words.batchesTitle}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.file}</th>
            <th scope="col">{words.sent}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.result}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((each) => (
            <tr key={each.batchId}>
              <th scope="row">
                <a href={hrefOf({ name: 'batch', id: each.batchId })}>{each.fileName}</a>
              </th>
              <td>{time.format(new Date(each.acceptedDateTime))}</td>
              <td>{words.states[each.state]}</td>
              <td>
                <Counts counts={each.counts} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
