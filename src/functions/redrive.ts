import { app } from '@azure/functions';
import { http } from '../app';

// Master key only: for operators, like the doctor.
app.http('redrive', {
  methods: ['POST'],
  authLevel: 'admin',
  handler: http('redrive'),
});
