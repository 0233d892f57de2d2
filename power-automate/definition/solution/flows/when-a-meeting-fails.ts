import { after, atFirst, call, type Flow } from './parts';

/** Runs once for each row. The maker adds the notification. */
export const whenAMeetingFails: Flow = {
  id: '6f0a2d1c-9d5b-4f0e-8c57-1b0f6f7f5a04',
  title: 'When a Teams meeting of a list fails',
  triggers: {
    When_a_meeting_fails: {
      recurrence: { frequency: 'Minute', interval: 5 },
      splitOn: "@triggerOutputs()?['body/value']",
      ...call('WhenAMeetingFails', {}),
    },
  },
  actions: {
    What_is_wrong: {
      ...atFirst,
      type: 'Compose',
      inputs:
        "@concat(triggerBody()?['requestId'], ': ', coalesce(triggerBody()?['error']?['message'], triggerBody()?['status']))",
    },
    What_to_do: {
      ...after('What_is_wrong'),
      type: 'Compose',
      inputs: "@triggerBody()?['error']?['remedy']",
    },
  },
};
