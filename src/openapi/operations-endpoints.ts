import { reportExample } from './examples';
import type { Operation } from './operation';
import { doctorQuery } from './parameters';

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
];
