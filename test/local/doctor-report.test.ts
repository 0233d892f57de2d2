import { reportTable } from '../../local/doctor/report-table';
import type { Report } from '../../src/doctor/finding';

const report: Report = {
  status: 'failed',
  checkedDateTime: '2026-12-01T08:00:00.000Z',
  findings: [
    {
      check: 'graph',
      status: 'passed',
      meaning: 'Microsoft Graph responds.',
      evidence: { latencyMs: 40 },
    },
    {
      check: 'accessPolicy',
      status: 'failed',
      meaning: 'No application access policy lets the app act for this organizer.',
      remedy: 'Grant the organizer a policy.',
      command: './grant-something-with-a-name-that-is-longer-than-a-line -ClientId 1',
      evidence: { status: 403, code: 'Forbidden' },
    },
    { check: 'licence', status: 'unknown', meaning: 'Licences cannot be read.' },
  ],
};

test('is a table, with remedies below checks that did not pass', () => {
  expect(reportTable(report, { width: 60, colours: false }))
    .toBe(`✓ graph         Microsoft Graph responds.
✗ accessPolicy  No application access policy lets the app
                act for this organizer.
                Grant the organizer a policy.
                ./grant-something-with-a-name-that-is-longer-than-a-line -ClientId 1
                status 403 · code Forbidden
? licence       Licences cannot be read.

1 passed, 1 failed, 1 unknown at 2026-12-01T08:00:00.000Z
`);
});

test('shows the remedy of findings with one cause once', () => {
  const away = (name: string): Report['findings'][number] => ({
    check: `storage.${name}`,
    status: 'failed',
    meaning: `No answer for ${name}.`,
    remedy: 'Check the network.',
    evidence: { reason: 'ECONNREFUSED' },
  });
  const findings = [
    away('a'),
    { check: 'queue.a', status: 'unknown' as const, meaning: 'See storage.a.' },
    away('b'),
  ];
  expect(reportTable({ ...report, findings }, { width: 60, colours: false }))
    .toBe(`✗ storage.a  No answer for a.
✗ storage.b  No answer for b.
             Check the network.
             reason ECONNREFUSED
? queue.a    See storage.a.

0 passed, 2 failed by 1 cause, 1 unknown at 2026-12-01T08:00:00.000Z
`);
});

test('uses colours only on request', () => {
  expect(reportTable(report, { width: 60, colours: false })).not.toContain('\u001b');
  expect(reportTable(report, { width: 60, colours: true })).toContain('\u001b[31m✗ accessPolicy');
});
