import type { Safeguards } from './safeguard';

const protocol = 'meetings/pools/protocol.test.ts';

/** Safeguards of pools: chosen once, recorded and counted before the call to Graph. */
export const ofPools: Safeguards = {
  'the organizer is not in the ledger when Graph is called': {
    file: 'meetings/attempt.ts',
    find: '...organizerColumns(organizer),\n    plan:',
    replace: 'plan:',
    test: protocol,
    name: 'two instances choose at once',
  },
  'each attempt asks Graph for whom it has chosen itself': {
    file: 'meetings/create/call-graph.ts',
    find: 'stored.entry.organizerId ?? idOf(organizer)',
    replace: 'idOf(organizer)',
    test: protocol,
    name: 'an attempt breaks off',
  },
  'who is chosen later takes the place of who was chosen first': {
    file: 'meetings/ledger.ts',
    find: '...(entry.organizerId === undefined && organizer),',
    replace: '...organizer,',
    test: protocol,
    name: 'an attempt breaks off',
  },
  'an upsert chooses again for a request that failed': {
    file: 'meetings/changes/create-first.ts',
    find: 'chosenBefore(request, stored) ??',
    replace: '',
    test: 'meetings/pools/pools.test.ts',
    name: 'a request that failed keeps its organizer',
  },
  'a meeting is not counted before Graph is called': {
    file: 'meetings/create/call-graph.ts',
    find: 'await countMeeting(stored.entry, deps);',
    replace: '',
    test: protocol,
    name: 'an attempt breaks off',
  },
  'a repeated request counts again': {
    file: 'adapters/storage/requests/organizer-counts.ts',
    find: "...keys.map((rowKey): TransactionAction => ['create', { partitionKey, rowKey }]),",
    replace: '',
    test: 'adapters/storage/requests/organizer-counts.test.ts',
    name: 'once',
  },
  'who has all the meetings of a month is chosen': {
    file: 'meetings/pools/choose-organizer.ts',
    find: 'if (meetings < limit)',
    replace: 'if (limit > 0)',
    test: protocol,
    name: 'the next one once they are full',
  },
};
