import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { AwsError, writeError } from "./errors";
import { listen } from "./listen";
import type { Breakage, WireRequest, WireResponse } from "./message";
import { refusal } from "./refusals";
import { readRequest } from "./request";
import { writeResponse } from "./response";
import { Service, type AnyClient, type Handler, type OperationSchema } from "./service";
import { credentialScope, isSignedWith } from "./sigv4";

export { AwsError, Refusal } from "./errors";
export { refusal } from "./refusals";
export type { Breakage, WireRequest, WireResponse } from "./message";

/** Whom an access key stands for. */
export interface Identity {
  account: string;
  arn: string;
  userId: string;
  secretAccessKey: string;
  /** Temporary credentials have one, and are worth nothing without it. */
  sessionToken?: string;
  /** Epoch milliseconds. */
  expires?: number;
}

/** What a call is: by whom, where, and to which operation. `service` is the signing name, such as `elasticloadbalancing`. */
export interface Ctx {
  identity: Identity;
  account: string;
  region: string;
  service: string;
  /** The service's wire protocol, such as `awsQuery`; errors are spelt by it. */
  protocol: string;
  operation: string;
  accessKeyId: string;
  requestId: string;
}

/** How a call ended: what was thrown, or how its answer was broken on the way, and how long it is. */
export interface Outcome {
  error?: unknown;
  breakage?: Breakage;
  bytes?: number;
}

/** What of a command tells its types: the input, and what its middleware resolves to. */
interface TypedCommand<Output> {
  readonly input: object;
  resolveMiddleware(...args: never): (args: never) => Promise<{ output: Output }>;
}
type AnyCommand = new (input: never) => TypedCommand<object>;
type InputOf<C> = C extends new (input: never) => { readonly input: infer Input } ? Input : never;
type OutputOf<C> = C extends new (input: never) => TypedCommand<infer Output> ? Omit<Output, "$metadata"> : never;

/**
 * AWS's wire protocols (ec2Query, awsQuery, restXml, restJson1, awsJson) for any service of the SDK, driven by the schemas
 * that its clients carry at run time. It knows no service: clients tell it what one looks like, handlers what it answers.
 */
export class Sim {
  private readonly services = new Map<string, Service>();

  /** Whom an access key belongs to; undefined for an unknown one. */
  identify: (accessKeyId: string) => Identity | undefined = () => undefined;

  /** Runs before every handler: throw to refuse the call, return a breakage to spoil its answer. */
  before: (ctx: Ctx, input: unknown) => Breakage | void | Promise<Breakage | void> = () => undefined;

  /** Told how each call ended whose caller was known. */
  after: (ctx: Ctx, outcome: Outcome) => void = () => undefined;

  /** Answers requests that are not for AWS, such as a page; undefined leaves the request to the services. */
  other: (request: WireRequest) => WireResponse | undefined | Promise<WireResponse | undefined> = () => undefined;

  /** Makes a service known by a client of it. */
  service(client: AnyClient): this {
    const service = new Service(client);
    this.services.set(service.signingName, service);
    return this;
  }

  /** The signing names of what is simulated. */
  get serviceNames(): string[] {
    return [...this.services.keys()];
  }

  private serviceNamed(signingName: string): Service {
    const service = this.services.get(signingName);
    if (!service) throw new AwsError("UnknownService", 404, `${signingName} is not simulated`);
    return service;
  }

  /** Curried, so that the command is fixed before the handler is checked: literals in its output then keep their types. */
  on<C extends AnyCommand>(command: C) {
    return (handler: (input: InputOf<C>, ctx: Ctx) => OutputOf<C> | Promise<OutputOf<C>>): this => {
      const schema = operationSchema(command);
      const service = [...this.services.values()].find(({ namespace }) => namespace === schema[1]);
      if (!service) throw new Error(`no service is registered for ${schema[1]}`);
      service.add(schema, handler as Handler);
      return this;
    };
  }

  /** Answers one request. Never throws: what goes wrong is an answer too. */
  async handle(request: WireRequest): Promise<WireResponse> {
    const requestId = randomUUID();
    let service: Service | undefined;
    let ctx: Ctx | undefined;
    try {
      const scope = credentialScope(request);
      if (!scope) throw new AwsError("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
      service = this.serviceNamed(scope.service);
      const { accessKeyId, region } = scope;
      const identity = this.identify(accessKeyId);
      if (!identity || (identity.sessionToken ?? "") !== (request.headers["x-amz-security-token"] ?? ""))
        throw refusal(service, "unknownKey");
      if (identity.expires !== undefined && identity.expires < Date.now()) throw refusal(service, "expired");
      if (!isSignedWith(identity.secretAccessKey, request, scope)) throw refusal(service, "badSignature");
      const { operation, input } = await readRequest(service, request);
      const { account } = identity;
      const { protocol, signingName } = service;
      ctx = {
        identity,
        account,
        region,
        service: signingName,
        protocol,
        operation: operation.name,
        accessKeyId,
        requestId,
      };
      const breakage = (await this.before(ctx, input)) ?? undefined;
      const output = (await operation.handler(input, ctx)) ?? {};
      const response = writeResponse(service, operation, output as Record<string, unknown>, requestId);
      this.after(ctx, { breakage, bytes: Buffer.byteLength(response.body) });
      return { ...response, breakage };
    } catch (error) {
      if (ctx) this.after(ctx, { error });
      return writeError(service, error, requestId);
    }
  }

  listen(port = 0): Promise<{ server: Server; url: string }> {
    return listen(port, async (request) => (await this.other(request)) ?? (await this.handle(request)));
  }
}

/** The operation's schema, which a command of the SDK carries; it is made with an empty input to get at it. */
function operationSchema(command: AnyCommand): OperationSchema {
  const { schema } = new command({} as never) as { schema?: OperationSchema };
  if (!schema) throw new Error(`${command.name} carries no schema`);
  return schema;
}
