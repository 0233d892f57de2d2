import { app } from '@azure/functions';
import { startApp } from '../app';

app.hook.appStart(() => startApp());
