import { redrivenExample, reportExample } from './examples';
import type { Operation } from './operation';
import { doctorQuery, redriveQueue } from './parameters';

export const upkeepOperations: readonly Operation[] = [
  {
    operationId: 'health',
    method: 'get',
    path: '/health',
    tag: 'Operation',
    summary: 'Is the app running?',
    description: 'Answers when the app is loaded and its settings are valid.',
    access: 'anyone',
    parameters: [],
    answers: { 200: { description: 'It is.', schema: 'Health', example: { status: 'ok' } } },
    errors: ['misconfigured', 'internalError'],
  },
  {
    operationId: 'doctor',
    method: 'get',
    path: '/doctor',
    tag: 'Operation',
    summary: 'What is wrong?',
    description: 'Checks permissions, policy, organizer and storage, and says what to do.',
    access: 'masterKey',
    parameters: doctorQuery,
    answers: {
      200: { description: 'The findings.', schema: 'DoctorReport', example: reportExample },
    },
    errors: ['invalidRequest', 'internalError'],
  },
  {
    operationId: 'redrive',
    method: 'post',
    path: '/redrive',
    tag: 'Operation',
    summary: 'Try dead messages again',
    description:
      'Puts the messages of the poison queues back that the app has given up, at most 1,000 of each queue. May be repeated: no second meeting is made.',
    access: 'masterKey',
    parameters: [redriveQueue],
    answers: {
      200: { description: 'What was put back.', schema: 'Redriven', example: redrivenExample },
    },
    errors: ['invalidRequest', 'misconfigured', 'internalError', 'storageUnavailable'],
  },
];
