import { app } from '@azure/functions';
import { stopTelemetry } from '../telemetry';

app.hook.appTerminate(() => stopTelemetry());
