import { useEffect, useState } from 'preact/hooks';
import type { PreviewedRow, RefusedRow } from '../../api/answers';
import { preview } from '../../api/endpoints';
import { toSentSheet } from '../../columns/rows/to-sent-sheet';
import type { LoadedSheet } from '../../sheet/loaded-sheet';

/** Time without changes before the preview starts, in milliseconds, so that several cells can be corrected first. */
const pauseMs = 800;

/** The preview of one version of a sheet: every correction makes another version. */
export interface Previewed {
  readonly sheet: LoadedSheet;
  readonly rows: readonly PreviewedRow[];
}

/** The predicted outcomes of the valid rows; undefined until known for the current sheet. */
export function usePreview(
  sheet: LoadedSheet,
  refused: readonly RefusedRow[] | undefined,
  onError: (thrown: unknown) => void,
): Previewed | undefined {
  const [previewed, setPreviewed] = useState<Previewed>();
  useEffect(() => {
    if (refused === undefined) return undefined;
    let isWanted = true;
    const run = async (): Promise<void> => {
      const rows = await previewOf(sheet, refused, () => isWanted);
      if (isWanted) setPreviewed({ sheet, rows });
    };
    const fail = (thrown: unknown): void => {
      if (isWanted) onError(thrown);
    };
    const timer = setTimeout(() => void run().catch(fail), pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [refused]);
  return previewed?.sheet === sheet ? previewed : undefined;
}

function previewOf(
  sheet: LoadedSheet,
  refused: readonly RefusedRow[],
  isWanted: () => boolean,
): Promise<readonly PreviewedRow[]> {
  const wrong = new Set(refused.map(({ row }) => row));
  const sent = toSentSheet(sheet);
  const rows = sent.rows.filter(({ row }) => !wrong.has(row));
  return rows.length === 0 ? Promise.resolve([]) : preview({ ...sent, rows }, isWanted);
}
