type ServicePlan = { readonly servicePlanId: string; readonly servicePlanName: string };
type Sku = { readonly skuId: string; readonly plans: readonly ServicePlan[] };

const teams = {
  servicePlanId: '57ff2da0-773e-42df-b2af-ffb7a2317929',
  servicePlanName: 'TEAMS1',
};

/** https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference */
const skus: Readonly<Record<string, Sku>> = {
  SPE_E3: { skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', plans: [teams] },
  EXCHANGESTANDARD: {
    skuId: '4b9405b0-7788-4568-add1-99614e613b69',
    plans: [
      {
        servicePlanId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
        servicePlanName: 'EXCHANGE_S_STANDARD',
      },
    ],
  },
};

const unknownSku: Sku = { skuId: '00000000-0000-0000-0000-000000000000', plans: [] };

/** Whether one of these licences, by `skuPartNumber`, has the service plan of Teams. */
export function includesTeams(skuPartNumbers: readonly string[]): boolean {
  return skuPartNumbers.some((name) => (skus[name] ?? unknownSku).plans.includes(teams));
}

/** One `licenseDetails` of Graph. */
export function toLicenseDetails(skuPartNumber: string): object {
  const { skuId, plans } = skus[skuPartNumber] ?? unknownSku;
  return {
    id: Buffer.from(skuId).toString('base64url'),
    skuId,
    skuPartNumber,
    servicePlans: plans.map((plan) => ({
      ...plan,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
  };
}
