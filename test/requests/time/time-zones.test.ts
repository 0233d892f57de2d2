import { findTimeZone, nearestTimeZone } from '../../../src/requests/time/time-zones';
import { windowsZones } from '../../../src/requests/time/windows-zones';

const hour = 3_600_000;
const winter = Date.UTC(2026, 0, 15);
const summer = Date.UTC(2026, 6, 15);

test.each([
  ['Europe/Lisbon', 0, 1],
  ['europe/lisbon', 0, 1],
  [' Europe/Berlin ', 1, 2],
  ['W. Europe Standard Time', 1, 2],
  ['w. europe standard time', 1, 2],
  ['Pacific Standard Time', -8, -7],
  ['Tokyo Standard Time', 9, 9],
  ['Newfoundland Standard Time', -3.5, -2.5],
  ['Nepal Standard Time', 5.75, 5.75],
  ['AUS Eastern Standard Time', 11, 10],
  ['Mountain Standard Time (Mexico)', -7, -7],
  ['Central Asia Standard Time', 6, 6],
  ['UTC', 0, 0],
  ['UTC-11', -11, -11],
  ['Etc/GMT+5', -5, -5],
  ['CET', 1, 2],
  ['Japan', 9, 9],
])('%s is %d hours ahead of UTC in January and %d in July', (name, january, july) => {
  const zone = findTimeZone(name);
  expect([zone?.offsetAt(winter), zone?.offsetAt(summer)]).toEqual([january * hour, july * hour]);
});

test('offsets from before standard time have their seconds', () => {
  expect(findTimeZone('Africa/Monrovia')?.offsetAt(Date.UTC(1950, 0, 1))).toBe(
    -(44 * 60 + 30) * 1000,
  );
});

test.each([
  'Europe/Lisboa',
  'BST',
  'EST',
  'IST',
  'PST',
  '+15:00',
  'GMT+2:75',
  '(UTC+05:00) Berlin',
  'Z',
  '',
  'constructor',
  '__proto__',
])('there is no zone %p', (name) => {
  expect(findTimeZone(name)).toBeUndefined();
});

test('a zone is built once', () => {
  expect(findTimeZone('Asia/Tokyo')).toBe(findTimeZone('asia/TOKYO'));
});

test.each([
  ['Europe/Lisboa', 'Europe/Lisbon'],
  ['W Europe Standard Time', 'W. Europe Standard Time'],
  ['Mars/Olympus', undefined],
])('the zone nearest to %s is %s', (given, expected) => {
  expect(nearestTimeZone(given)).toBe(expected);
});

test('every Windows name leads to a zone that the engine knows', () => {
  const names = Object.keys(windowsZones);
  expect(names.length).toBe(139);
  expect(names.filter((name) => findTimeZone(name) === undefined)).toEqual([]);
});

test('an offset is the same however often, and after however many others, it is asked for', () => {
  const zone = findTimeZone('Europe/Lisbon');
  const days = Array.from({ length: 5_000 }, (_, day) => Date.UTC(2026, 0, 1 + day));
  const first = days.map((day) => zone?.offsetAt(day));
  expect(days.map((day) => zone?.offsetAt(day))).toEqual(first);
  // The last Sundays of March and October 2026 are their 29th and 25th.
  expect(days.slice(85, 90).map((day) => zone?.offsetAt(day))).toEqual([0, 0, 0, hour, hour]);
  expect(days.slice(296, 299).map((day) => zone?.offsetAt(day))).toEqual([hour, hour, 0]);
});
