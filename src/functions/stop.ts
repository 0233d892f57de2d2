import { app } from '@azure/functions';
import { stopApp } from '../app';

app.hook.appTerminate(() => stopApp());
