import type { TrialReport } from './options';

/** The broken promises of a trial; empty if all were kept. */
export function brokenPromises(report: TrialReport): readonly string[] {
  const { duplicates, withoutResult, contradictions, strays, batchProblems, poolProblems } = report;
  const { poisonLeft, messagesLeft, leftByCleanUp, madeByCleanUp } = report;
  const counts: readonly (readonly [number, string])[] = [
    [duplicates.length, 'meetings too many'],
    [withoutResult.length, 'requests and changes without a result'],
    [contradictions.length, 'requests whose results contradict each other or Graph'],
    [strays.length, 'results of no request'],
    [batchProblems.length, 'things wrong with batches'],
    [poolProblems.length, 'things wrong with choices from the pool'],
    [unknownWithoutCause(report), 'unknown results without a cause'],
    [poisonLeft, 'messages left on the poison queue'],
    [messagesLeft, 'messages left on other queues'],
    [leftByCleanUp, 'rows and blobs left by the clean-up'],
    [madeByCleanUp, 'meetings and results made during the clean-up'],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

/** Without failures of instances and storage, only a lost answer of Graph may cause an unknown result. */
function unknownWithoutCause({
  kills,
  storageRestarts,
  storageFaults,
  unknown,
}: TrialReport): number {
  const troubles = [kills, storageRestarts, ...Object.values(storageFaults)];
  return troubles.some((count) => count > 0) ? 0 : unknown.notRecorded + unknown.neverRequested;
}

/** The report as lines of two columns. */
export function toTable(report: TrialReport): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['requests', report.requests],
    ['changes and cancels of them', report.changes],
    ['sent, copies included', report.sendings],
    ['meetings made', report.meetings],
    ['duplicates (must be 0)', report.duplicates.length],
    ['requests and changes without a result (must be 0)', report.withoutResult.length],
    ['contradictions (must be 0)', report.contradictions.length],
    ['results of no request (must be 0)', report.strays.length],
    ['things wrong with batches (must be 0)', report.batchProblems.length],
    ['things wrong with choices from the pool (must be 0)', report.poolProblems.length],
    ['poison messages left (must be 0)', report.poisonLeft],
    ['other messages left (must be 0)', report.messagesLeft],
    ['rows and blobs left by the clean-up (must be 0)', report.leftByCleanUp],
    ['meetings and results made by it (must be 0)', report.madeByCleanUp],
    ['batches', report.batches],
    ['batches cancelled', report.cancelledBatches],
    ['batches undone', report.undoneBatches],
    ['requests retried by people', report.retriedRequests],
    ['requests of the pool, by organizer', list(report.chosenOrganizers)],
    ['people who left the pool', report.poolChanges],
    ['events in calendars', report.events],
    ['invitations sent', report.invitations],
    ['results of requests', list(report.statuses)],
    ['results of changes', list(report.changeStatuses)],
    ['result messages, repeats included', report.resultMessages],
    ['unknown, by reason', list(report.unknown)],
    ['failed, by code', list(report.failures)],
    ['faults of Graph', list(report.graphFaults)],
    ['faults of storage', list(report.storageFaults)],
    ['storage restarted', report.storageRestarts],
    ['messages that storage took', list(report.messages)],
    ['slowest call to storage, in milliseconds', report.slowestCallMs],
    ['runs of timers', report.timerRuns],
    ['instances killed', report.kills],
    ['seconds', report.seconds],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

const list = (counts: Readonly<Record<string, number>>): string => {
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  return entries.length === 0
    ? '–'
    : entries.map(([name, count]) => `${name}: ${count}`).join(', ');
};
