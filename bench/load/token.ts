/** A token for Graph from the identity endpoint: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
export async function fetchToken(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const resource = encodeURIComponent('https://graph.microsoft.com');
  const answer = await fetch(
    `${environment['IDENTITY_ENDPOINT']}?api-version=2019-08-01&resource=${resource}`,
    {
      headers: { 'X-IDENTITY-HEADER': environment['IDENTITY_HEADER'] ?? '' },
    },
  );
  return ((await answer.json()) as { access_token: string }).access_token;
}
