import type { HttpDependencies, HttpHandler } from '../handlers/http/response';
import { answering } from '../handlers/invocation';
import type * as Mcp from '../mcp';
import type { Endpoints } from '../mcp/endpoints';

/** Answers AI assistants by calling the other endpoints. Loaded with the first call, because meetings do not need it. */
export function makeMcpHandler(handlers: Endpoints, deps: HttpDependencies): HttpHandler {
  const answers = (name: keyof Endpoints): HttpHandler => answering(handlers[name], deps);
  const endpoints: Endpoints = {
    createMeeting: answers('createMeeting'),
    getRequest: answers('getRequest'),
    updateRequest: answers('updateRequest'),
    cancelRequest: answers('cancelRequest'),
    submitBatch: answers('submitBatch'),
    getBatch: answers('getBatch'),
    getBatchResults: answers('getBatchResults'),
  };
  return (request, context) => {
    const { answerMcp } = require('../mcp') as typeof Mcp;
    return answerMcp(request, context, { endpoints, deps });
  };
}
