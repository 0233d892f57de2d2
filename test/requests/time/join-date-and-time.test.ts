import { dayIn, joinDateAndTime } from '../../../src/requests/time/join-date-and-time';

test.each([
  ['2030-04-19', '2030-04-19'],
  ['2030-04-19T14:00:00', '2030-04-19'],
  ['19.04.2030 14 Uhr', '19.04.2030'],
  ['19. 04. 2030', '19. 04. 2030'],
  ['19. 04. 2030 14:00', '19. 04. 2030'],
  ['Freitag, 19. April 2030', 'Freitag, 19. April 2030'],
  ['Freitag, 19. April 2030 14.00 Uhr', 'Freitag, 19. April 2030'],
  ['Fri, April 19, 2030, 2 pm', 'Fri, April 19, 2030'],
  ['Fr 19.04.2030 um 14 Uhr', 'Fr 19.04.2030'],
  ['sexta-feira, 19 de abril de 2030 às 14:00', 'sexta-feira, 19 de abril de 2030'],
  ['47592.5', '47592'],
  ['soon 14:00', 'soon'],
  ['', ''],
])('the day in %s is %s', (text, day) => {
  expect(dayIn(text)).toBe(day);
});

test.each([
  [{ date: '2030-04-19', time: '', clock: '' }, '2030-04-19'],
  [{ date: '2030-04-19', time: '14:00', clock: '' }, '2030-04-19 14:00'],
  [{ date: '2030-04-19', time: '', clock: '14:00' }, '2030-04-19 14:00'],
  [{ date: '2030-04-19', time: '2030-04-20', clock: '14:00' }, '2030-04-20 14:00'],
  [{ date: '2030-04-19T00:00:00', time: '', clock: '14:00' }, '2030-04-19 14:00'],
  [{ date: 'Fr 19.04.2030', time: '', clock: '14:00' }, 'Fr 19.04.2030 14:00'],
  [{ date: '', time: '', clock: '14:00' }, '14:00'],
])('%p becomes %s', (cells, joined) => {
  expect(joinDateAndTime(cells)).toBe(joined);
});
