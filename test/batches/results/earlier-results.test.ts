import { placesOfEarlierResults } from '../../../src/batches/results/earlier-results';
import { csvColumns, workbookColumns } from '../../../src/batches/results/results-csv';

/** The headings without those of an earlier result. */
function ownOf(names: readonly string[]): readonly string[] {
  const earlier = placesOfEarlierResults(names);
  return names.filter((_, place) => !earlier.has(place));
}

const csv = { delimiter: ';', header: ['requestId', 'Title'], isCorrected: true };
const preview = { outcomes: { create: 0, update: 0, unchanged: 0, cancel: 0, refuse: 0 } };

describe('the columns of an earlier result', () => {
  test.each([
    ['a CSV', csvColumns({ csv })],
    ['a CSV of a preview', csvColumns({ csv, ...preview })],
    ['a workbook', [['requestId'], ['Title'], ...workbookColumns({ csv })]],
    [
      'a workbook of a preview',
      [['requestId'], ['Title'], ...workbookColumns({ csv, ...preview })],
    ],
  ] as const)('are found in %s, and those behind them are kept', (_what, columns) => {
    const names = [...columns.map(([name]) => name), 'Remark'];
    expect(ownOf(names)).toEqual(['requestId', 'Title', 'Remark']);
  });

  test.each<[string, string, string]>([
    ['a column called status', 'Title,status,Start', 'Title,status,Start'],
    ['in other letters too', 'Title,Status,Remedy,Start', 'Title,Status,Remedy,Start'],
    ['several that are no result', 'remedy,status,preview', 'remedy,status,preview'],
    ['one called as the link', 'Title,joinWebUrl,Start', 'Title,joinWebUrl,Start'],
    ['before ours in a CSV', 'status,status,joinWebUrl,meetingId', 'status'],
    ['before ours in a workbook', 'status,joinWebUrl,status,errorMessage,remedy', 'status'],
    ['before those of a preview', 'status,preview,previewChanges,previewWarnings', 'status'],
    ['apart from ours', 'remedy,Title,joinWebUrl,status', 'remedy,Title'],
    ['behind ours', 'joinWebUrl,status,joinText,remedy', 'remedy'],
  ])('leave the caller’s own: %s', (_what, names, own) => {
    expect(ownOf(names.split(',')).join()).toBe(own);
  });

  test.each<[string, string, string]>([
    ['if some were deleted', 'Title,status,joinWebUrl,errorMessage,joinText', 'Title'],
    ['if they were added twice', 'Title,status,joinWebUrl,Start,joinWebUrl,status', 'Title,Start'],
    ['with the note of corrected cells', 'Title,correctedCells,Start', 'Title,Start'],
    ['with spaces around', ' status , joinWebUrl ,Title', 'Title'],
  ])('are found %s', (_what, names, own) => {
    expect(ownOf(names.split(',')).join()).toBe(own);
  });
});
