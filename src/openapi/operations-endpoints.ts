import { redrivenExample, reportExample } from './examples';
import type { Operation } from './operation';
import { doctorQuery, redriveQueue } from './parameters';

export const operationsEndpoints: readonly Operation[] = [
  {
    operationId: 'health',
    method: 'get',
    path: '/health',
    tag: 'Operation',
    summary: 'Check that the app is running',
    description: 'Responds when the app is loaded and its settings are valid.',
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
    summary: 'Diagnose the app',
    description:
      'Checks permissions, policy, organizer and storage, and describes how to fix each problem.',
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
    summary: 'Retry dead messages',
    description:
      'Puts messages that the app has given up on back on their poison queues, up to 1,000 per queue, so that the app retries them. Safe to repeat: it never creates a second meeting.',
    access: 'masterKey',
    parameters: [redriveQueue],
    answers: {
      200: {
        description: 'The messages that were put back.',
        schema: 'Redriven',
        example: redrivenExample,
      },
    },
    errors: ['invalidRequest', 'misconfigured', 'internalError', 'storageUnavailable'],
  },
];
