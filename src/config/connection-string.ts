const endpoints = ['BlobEndpoint', 'QueueEndpoint', 'TableEndpoint'] as const;

/**
 * Whether all three storage SDKs accept this as the connection string of an account. Each parses it in its own way, and
 * throws if it is invalid. https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
 */
export function isConnectionString(text: string): boolean {
  if (/^UseDevelopmentStorage=true;?$/.test(text)) return true;
  const parts = partsOf(text);
  if (parts === undefined || parts.has('UseDevelopmentStorage')) return false;
  const named = endpoints.filter((name) => parts.has(name));
  if (!named.every((name) => isUrl(parts.get(name)))) return false;
  const all = named.length === endpoints.length;
  if (isAccount(text)) return hasKey(parts) && (all || hasPlace(parts));
  return all && hasSignature(parts);
}

/** The SDKs look for these two names anywhere in the text; without both, they expect a shared access signature. */
const isAccount = (text: string): boolean =>
  text.includes('DefaultEndpointsProtocol=') && text.includes('AccountKey=');

/** Undefined if a part is not `name=value`, or a name occurs twice: some SDKs read the first, others the last. */
function partsOf(text: string): ReadonlyMap<string, string> | undefined {
  const pairs = text.split(';').filter((part) => part.trim() !== '');
  const parts = pairs.map((pair) => /^(\w+)=(\S+)$/.exec(pair.trim()));
  if (parts.length === 0 || parts.includes(null)) return undefined;
  const byName = new Map(parts.map((part) => [part?.[1] ?? '', part?.[2] ?? '']));
  return byName.size === parts.length ? byName : undefined;
}

const isUrl = (text = ''): boolean => URL.canParse(text) && /^https?:\/\/[^/]+/.test(text);

const hasKey = (parts: ReadonlyMap<string, string>): boolean =>
  /^https?$/.test(parts.get('DefaultEndpointsProtocol') ?? '') &&
  /^[a-z\d-]+$/.test(parts.get('AccountName') ?? '') &&
  /^[A-Za-z\d+/]{2,}={0,2}$/.test(parts.get('AccountKey') ?? '');

const hasPlace = (parts: ReadonlyMap<string, string>): boolean =>
  /^[a-z\d]([a-z\d.-]*[a-z\d])?$/.test(parts.get('EndpointSuffix') ?? '');

/** Without an account name, the tables SDK reads it from the endpoint. */
const hasSignature = (parts: ReadonlyMap<string, string>): boolean =>
  /^https?:\/\/([\w-]+\.table\.|[^/]+\/\w)/.test(parts.get('TableEndpoint') ?? '') &&
  parts.has('SharedAccessSignature');
