import { joinDetailsOf, joinHtmlOf, toPlainText } from '../../src/results/join-information';

const html =
  '<div class="me-email-text">\r\n  <a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ng?a=1&amp;b=2" target="_blank">Join 会議 now</a>\r\n' +
  '  <div><span>Meeting ID: </span><span>344 674 159 108 1</span></div>\r\n  <div>Tel.:&nbsp;+49&#160;30</div></div>';

/** As .NET encodes for a URL. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll('%20', '+').replaceAll("'", '%27');

describe('join information is decoded', () => {
  test.each([
    [
      'after a literal prefix',
      `data:text/html,${encode(html).replace(/%[\dA-F]{2}/g, (x) => x.toLowerCase())}`,
    ],
    ['as a whole', encode(`data:text/html,${html}`)],
    ['as a whole in lower case', encode(`data:text/html,${html}`).toLowerCase()],
    ['not encoded at all', html],
  ])('%s', (_, content) => {
    const found = joinHtmlOf({ joinInformation: { content, contentType: 'html' } });
    expect(found.toLowerCase()).toBe(html.toLowerCase());
  });

  test('what cannot be decoded stays as it is', () => {
    const content = 'data:text/html,100%';
    expect(joinHtmlOf({ joinInformation: { content } })).toBe('100%');
  });

  test.each([[null], [undefined], [{}], [{ joinInformation: null }]])(
    'nothing of %j',
    (meeting) => {
      expect(joinHtmlOf(meeting)).toBe('');
    },
  );
});

describe('plain text', () => {
  test('has lines for blocks, and links with their addresses', () => {
    expect(toPlainText(html)).toBe(
      [
        'Join 会議 now <https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ng?a=1&b=2>',
        'Meeting ID: 344 674 159 108 1',
        'Tel.: +49 30',
      ].join('\n'),
    );
  });

  test.each([
    ['<style>p { color: red }</style><p>A<br/>B</p><!-- C -->', 'A\nB'],
    ['<p>_______</p><p> </p><p>A</p>', 'A'],
    ["<a href='https://a.example'>https://a.example</a>", 'https://a.example'],
    ['<a href="javascript:alert(1)">A</a>', 'A'],
    [
      '1 &lt; 2 &amp; &quot;3&quot; &#x41;&#66; &unknown; &#9999999;',
      '1 < 2 & "3" AB &unknown; &#9999999;',
    ],
    ['a < b', 'a < b'],
  ])('%s becomes %j', (given, expected) => {
    expect(toPlainText(given)).toBe(expected);
  });
});

test('the details of a meeting', () => {
  const meeting = {
    joinMeetingIdSettings: { joinMeetingId: '3446741591081', passcode: 'ps3JH7YK' },
    audioConferencing: { tollNumber: '+4930123456', conferenceId: '987654' },
    meetingOptionsWebUrl: 'https://teams.microsoft.com/meetingOptions/?x=1',
    expiryDateTime: '2027-01-30T15:00:00Z',
    joinInformation: { content: 'data:text/html,%3cp%3eJoin+now%3c%2fp%3e' },
  };
  expect(joinDetailsOf(meeting)).toEqual({
    joinText: 'Join now',
    joinMeetingId: '344 674 159 108 1',
    passcode: 'ps3JH7YK',
    dialIn: '+4930123456, 987654#',
    meetingOptionsWebUrl: 'https://teams.microsoft.com/meetingOptions/?x=1',
    expiryDateTime: '2027-01-30T15:00:00Z',
  });
});

test.each([
  [{ ConferenceId: '1', tollNumbers: ['+1', '+2'] }, '+1, 1#'],
  [{ tollNumber: '+1' }, '+1'],
  [null, ''],
])('dial-in of %j', (audioConferencing, dialIn) => {
  expect(joinDetailsOf({ audioConferencing })).toMatchObject({ dialIn });
});
