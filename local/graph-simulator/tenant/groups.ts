import type { Answer, Call, GraphService } from '../call';
import { requirePermission, resourceNotFound, toCollection } from './directory';

/** https://learn.microsoft.com/graph/api/group-list-members#permissions */
const readMembers = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'];
const defaultPageSize = 100;
const maxPageSize = 999;

/**
 * Lists the users who are direct members, page by page, only with their ids: other properties need another permission.
 * Deleted users are in no group.
 */
export function listGroupMembers(call: Call, { tenant }: GraphService): Answer {
  requirePermission(call, readMembers);
  const [id = ''] = call.parameters;
  const group = tenant.state.groups.find((known) => known.id.toLowerCase() === id.toLowerCase());
  if (group === undefined) throw resourceNotFound(id);
  const { query } = call.request;
  const size = Math.min(Number(query.get('$top') ?? defaultPageSize), maxPageSize);
  const from = Number(query.get('$skiptoken') ?? 0);
  const members = group.members.filter((member) => tenant.findUser(member) !== undefined);
  const page = members
    .slice(from, from + size)
    .map((member) => ({ '@odata.type': '#microsoft.graph.user', id: member }));
  const answer = toCollection('directoryObjects(id)', page);
  if (from + size >= members.length) return answer;
  const next = `https://graph.microsoft.com/v1.0/groups/${group.id}/members?$select=id&$top=${size}&$skiptoken=${from + size}`;
  return { ...answer, body: { ...(answer.body as object), '@odata.nextLink': next } };
}
