import { app } from '@azure/functions';
import { http } from '../app';

// Master key only: it is for operators, as the doctor that names it.
app.http('redrive', {
  methods: ['POST'],
  authLevel: 'admin',
  handler: http('redrive'),
});
