import type { NodeHttpHandler } from "@smithy/node-http-handler";
import { inScope, type CallScope } from "./call-scope";
import { perProcess } from "../per-process";
import { inFlightCap, limitedMiddleware, signingCredentials } from "./limiter";

/** Everything that this product speaks to, by the name that its own code uses. */
const builders = {
  ec2: async () => (await import("@aws-sdk/client-ec2")).EC2Client,
  s3: async () => (await import("@aws-sdk/client-s3")).S3Client,
  lambda: async () => (await import("@aws-sdk/client-lambda")).LambdaClient,
  rds: async () => (await import("@aws-sdk/client-rds")).RDSClient,
  dynamodb: async () => (await import("@aws-sdk/client-dynamodb")).DynamoDBClient,
  elbv2: async () => (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2Client,
  cloudformation: async () => (await import("@aws-sdk/client-cloudformation")).CloudFormationClient,
  iam: async () => (await import("@aws-sdk/client-iam")).IAMClient,
  sts: async () => (await import("@aws-sdk/client-sts")).STSClient,
  ce: async () => (await import("@aws-sdk/client-cost-explorer")).CostExplorerClient,
  tagging: async () => (await import("@aws-sdk/client-resource-groups-tagging-api")).ResourceGroupsTaggingAPIClient,
};

export type ServiceName = keyof typeof builders;
type ClientOf<S extends ServiceName> = InstanceType<Awaited<ReturnType<(typeof builders)[S]>>>;

/** The client of `service` in the scope's region; every call through it is made for the scope's account. */
export async function clientFor<S extends ServiceName>(service: S, scope: CallScope): Promise<ClientOf<S>> {
  return bound(await sharedClient(service, scope.region, scope.credentials ? "scoped" : "own"), scope);
}

/**
 * One client per service and region for the whole process, whatever the number of accounts: a client costs a third of a
 * millisecond and its endpoint cache, and twenty accounts in seventeen regions would need three thousand.
 */
function sharedClient<S extends ServiceName>(service: S, region: string, caller: Caller): Promise<ClientOf<S>> {
  const key = `${caller}/${service}/${region}`;
  let client = clients.get(key) as Promise<ClientOf<S>> | undefined;
  if (!client) {
    client = build(service, region, caller);
    clients.set(key, client);
  }
  return client;
}

const clients = perProcess("clients", () => new Map<string, Promise<unknown>>());

/** `own`: with CloudGuard's credentials as the SDK's default chain finds them, only ever for STS. */
type Caller = "scoped" | "own";

async function build<S extends ServiceName>(service: S, region: string, caller: Caller): Promise<ClientOf<S>> {
  const Client = (await builders[service]()) as unknown as new (config: object) => AnyClient;
  const client = new Client({
    region,
    ...(caller === "scoped" && { credentials: scopedCredentials }),
    requestHandler: await httpHandler(),
    ...(endpointUrl() && { endpoint: endpointUrl() }),
    ...(service === "s3" && endpointUrl() && { forcePathStyle: true }),
    // Given here so that no client reads environment or shared files for them.
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard",
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: "CloudGuard",
    authSchemePreference: [],
  });
  // The limiter takes the place of the SDK's retries, which share one small token quota among all calls of a client. It
  // takes the name too: signing is placed behind it, so that each attempt is signed anew.
  client.middlewareStack.add(limitedMiddleware(service), {
    step: "finalizeRequest",
    priority: "high",
    name: "retryMiddleware",
    override: true,
  });
  return client as unknown as ClientOf<S>;
}

/** Marked as memoized so that the SDK asks each time: memoizing would hand one account's credentials to the next. */
const scopedCredentials = Object.assign(() => signingCredentials(), { memoized: true });

/** A view of a shared client whose `send` runs in `scope`. Everything else is the shared client's own. */
function bound<C>(shared: C, scope: CallScope): C {
  const client = shared as AnyClient;
  const view = Object.create(client) as AnyClient;
  view.send = (command, options) =>
    inScope(scope, () =>
      client.send(command, scope.signal ? { abortSignal: scope.signal, ...options } : { ...options }),
    );
  return view as C;
}

/** One connection pool for the process, as wide as the number of calls in flight. */
function httpHandler(): Promise<NodeHttpHandler> {
  return perProcess("httpHandler", async () => {
    const [{ NodeHttpHandler }, { Agent: HttpAgent }, { Agent: HttpsAgent }] = await Promise.all([
      import("@smithy/node-http-handler"),
      import("node:http"),
      import("node:https"),
    ]);
    const sockets = { keepAlive: true, maxSockets: inFlightCap() };
    return new NodeHttpHandler({
      httpAgent: new HttpAgent(sockets),
      httpsAgent: new HttpsAgent(sockets),
      connectionTimeout: 5_000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: 60_000,
    });
  });
}

/** AWS's own setting for another endpoint; read at each use so that a test can start its own. */
function endpointUrl(): string | undefined {
  return process.env.AWS_ENDPOINT_URL || undefined;
}

/** What all SDK clients share, with the types that differ between their commands left open. */
interface AnyClient {
  send(command: unknown, options?: object): Promise<unknown>;
  middlewareStack: { add(middleware: unknown, options: object): void };
}
