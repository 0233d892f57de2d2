import { app } from '@azure/functions';
import { checkAtStart } from '../app';

app.hook.appStart(() => checkAtStart());
