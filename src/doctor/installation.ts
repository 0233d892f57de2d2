import { failed, passed, unknown, type Finding } from './finding';

/** The settings that describe an installation. */
export interface Installation {
  readonly version: string;
  readonly nodeVersion: string;
  readonly signIn: {
    readonly enabled: boolean;
    readonly tenantId?: string;
    readonly onPage?: true;
  };
  readonly telemetry: {
    readonly applicationInsights: boolean;
    /** Whether the app sends with its identity, as Application Insights requires without local authentication. */
    readonly withIdentity: boolean;
    readonly collector: boolean;
    /** OTEL_EXPORTER_OTLP_PROTOCOL: protocol between the Functions host and the collector. */
    readonly hostProtocol: string | undefined;
  };
}

/** Reports version, sign-in and telemetry from the settings alone. */
export const diagnoseInstallation = (installation: Installation): Finding[] => [
  diagnoseVersion(installation),
  diagnoseSignIn(installation),
  diagnoseTelemetry(installation),
];

const diagnoseVersion = ({ version, nodeVersion }: Installation): Finding =>
  passed('version', `This is Convoke ${version} on Node.js ${nodeVersion}.`, {
    evidence: { version, nodeVersion },
  });

function diagnoseSignIn({ signIn: { enabled, tenantId, onPage } }: Installation): Finding {
  const check = 'signIn';
  if (enabled) {
    const who =
      tenantId === undefined
        ? 'every tenant that App Service lets through'
        : `the tenant ${tenantId}`;
    const page =
      onPage === true
        ? ''
        : ' People cannot sign in on the page: OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID is not set.';
    return passed(check, `Sign-in is on, for ${who}.${page}`);
  }
  if (tenantId === undefined)
    return passed(check, 'Sign-in is off: callers need a key, and /me returns 401.');
  return failed(
    check,
    'AUTH_TENANT_ID is set, but App Service authentication is off, so nobody is considered signed in.',
    {
      remedy: 'Turn authentication on, or remove the setting.',
      command:
        'az webapp auth show --resource-group $AZURE_RESOURCE_GROUP --name $CONVOKE_FUNCTION_APP_NAME',
    },
  );
}

function diagnoseTelemetry({ telemetry }: Installation): Finding {
  const check = 'telemetry';
  if (telemetry.collector && telemetry.hostProtocol !== 'http/protobuf')
    return unknown(
      check,
      'The app sends telemetry to the collector over HTTP, but the Functions host uses gRPC unless configured otherwise.',
      { remedy: 'Set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf.' },
    );
  const places = [
    ...(telemetry.applicationInsights
      ? [
          `Application Insights, ${telemetry.withIdentity ? 'with the identity' : 'without a token'}`,
        ]
      : []),
    ...(telemetry.collector ? ['an OpenTelemetry collector'] : []),
  ];
  return passed(
    check,
    places.length === 0
      ? 'Telemetry is not sent anywhere, so no alert can fire.'
      : `Telemetry goes to ${places.join(' and to ')}.`,
  );
}
