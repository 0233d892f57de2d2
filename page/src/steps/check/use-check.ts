import { useEffect, useRef, useState } from 'preact/hooks';
import type { RefusedRow } from '../../api/answers';
import { check } from '../../api/endpoints';
import { toSentSheet } from '../../columns/rows/to-sent-sheet';
import type { LoadedSheet } from '../../sheet/loaded-sheet';

/** The result of checking one version of a sheet: every change makes another version. */
interface CheckedVersion {
  readonly sheet: LoadedSheet;
  readonly refused: readonly RefusedRow[];
}

/**
 * Checks the sheet, and again after each change. Returns the last result, which may be that of an older version, and a
 * function that tries again.
 */
export function useCheck(
  sheet: LoadedSheet,
  onError: (thrown: unknown) => void,
): readonly [checked: CheckedVersion | undefined, run: () => void] {
  const [checked, setChecked] = useState<CheckedVersion>();
  const wanted = useRef(sheet);
  const run = (): void => {
    wanted.current = sheet;
    onError(undefined);
    const isWanted = (): boolean => wanted.current === sheet;
    check(toSentSheet(sheet)).then(
      (refused) => isWanted() && setChecked({ sheet, refused }),
      (thrown: unknown) => isWanted() && onError(thrown),
    );
  };
  useEffect(run, [sheet]);
  return [checked, run];
}
