import { z } from 'zod';
import { meetingRequestSchema } from '../../src/requests/meeting-request-schema';

const schema = z.toJSONSchema(meetingRequestSchema, { io: 'input' });

test('becomes a JSON Schema with what a request must have', () => {
  expect(schema).toMatchObject({
    type: 'object',
    required: ['meeting'],
    additionalProperties: false,
    properties: {
      meeting: { required: ['subject', 'startDateTime'], additionalProperties: false },
    },
  });
});

test('times are texts, attendees a text or a list', () => {
  const { meeting } = meetingRequestSchema.shape;
  const base = { subject: 'A', startDateTime: '2026-12-01T14:30' };
  expect(meeting.safeParse(base).success).toBe(true);
  expect(meeting.safeParse({ ...base, endDateTime: '2026-12-01T15:00' }).success).toBe(true);
  expect(meeting.safeParse({ ...base, endDateTime: 46_357.5 }).success).toBe(false);
  expect(meeting.safeParse({ ...base, participants: { attendees: 'a@x.org' } }).success).toBe(true);
  expect(
    meeting.safeParse({ ...base, participants: { attendees: [{ upn: 'a@x.org' }] } }).success,
  ).toBe(true);
  expect(meeting.safeParse({ ...base, participants: { attendees: 1 } }).success).toBe(false);
});

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

const bareProperties = ({ properties = {} }: Described, path = ''): string[] =>
  Object.entries(properties).flatMap(([name, property]) => [
    ...(property.description === undefined ? [`${path}${name}`] : []),
    ...bareProperties(property, `${path}${name}.`),
  ]);

test('every property is described in words', () => {
  expect(bareProperties(schema as Described)).toEqual([]);
});
