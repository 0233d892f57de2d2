import { after, atFirst, call, startedByHand, type Flow } from './parts';

export const createAMeeting: Flow = {
  id: '6f0a2d1c-9d5b-4f0e-8c57-1b0f6f7f5a02',
  title: 'Create a Teams meeting',
  triggers: {
    manual: startedByHand(
      ['Organizer', 'Email address of the organizer'],
      ['Subject', 'What the meeting is called'],
      ['Start', 'Such as 2030-01-15T14:30'],
      ['Time zone', 'Such as Pacific Standard Time'],
    ),
  },
  actions: {
    Create_a_meeting: {
      ...atFirst,
      ...call('CreateMeeting', {
        // Stays the same when Power Automate repeats the call.
        'body/requestId': "@workflow()?['run']?['name']",
        'body/organizer': "@triggerBody()?['text']",
        'body/timeZone': "@triggerBody()?['text_3']",
        'body/durationMinutes': 30,
        'body/meeting/subject': "@triggerBody()?['text_1']",
        'body/meeting/startDateTime': "@triggerBody()?['text_2']",
      }),
    },
    Join_link: {
      ...after('Create_a_meeting'),
      type: 'Compose',
      inputs: "@outputs('Create_a_meeting')?['body/meeting/joinWebUrl']",
    },
    Not_applied: {
      ...after('Join_link'),
      type: 'Compose',
      inputs: "@outputs('Create_a_meeting')?['body/notApplied']",
    },
  },
};
