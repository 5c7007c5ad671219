import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CommandIO } from "@smithy/types";
import { AwsError, writeError } from "./errors";
import { receive, send, type WireRequest, type WireResponse } from "./message";
import { readRequest } from "./read-request";
import type { Untyped } from "./schemas";
import { Service } from "./service";
import { isSignedBy, signedScope } from "./signature";
import { writeResponse } from "./write-response";

export { AwsError } from "./errors";

/** Who a request is from. A session has a token and ends. */
export interface Identity {
  account: string;
  arn: string;
  userId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** In milliseconds since 1970. */
  expires?: number;
}

/** One call: whose, where, and which. `service` is the signing name. */
export interface Ctx {
  identity: Identity;
  account: string;
  region: string;
  service: string;
  operation: string;
  accessKeyId: string;
  requestId: string;
}

type Command<I extends object, O> = new (input: Untyped) => CommandIO<I, O & { $metadata: Untyped }>;
type InputOf<C> = C extends new (input: Untyped) => CommandIO<infer I, Untyped> ? I : never;
type OutputOf<C> = C extends new (input: Untyped) => CommandIO<Untyped, infer O> ? Omit<O, "$metadata"> : never;

/**
 * AWS's wire protocols, driven by the SDK's own runtime schemas: `service` learns a service from its client, `on` gives one
 * of its commands a handler, typed both ways. Signatures, session tokens and expiry are checked as AWS checks them.
 */
export class Sim {
  /** Whose access key it is; undefined where nobody's. */
  identify: (accessKeyId: string) => Identity | undefined = () => undefined;
  /** Runs before every handler; what it throws is the answer. */
  before: (ctx: Ctx, input: unknown) => void | Promise<void> = () => undefined;
  private readonly services = new Map<string, Service>();

  service(client: { config: unknown }): this {
    const service = new Service(client);
    this.services.set(service.signingName, service);
    return this;
  }

  /** In two steps, so that the command is known before the handler is checked: literals in its answer keep their types. */
  on<C extends Command<Untyped, Untyped>>(CommandClass: C) {
    return (handler: (input: InputOf<C>, ctx: Ctx) => OutputOf<C> | Promise<OutputOf<C>>): this => {
      const { schema } = new CommandClass({}) as Untyped;
      const service = [...this.services.values()].find(({ namespace }) => namespace === schema[1]);
      if (!service) throw new Error(`no service is registered for ${schema[1]}`);
      service.add(schema, handler);
      return this;
    };
  }

  async handle(request: WireRequest): Promise<WireResponse> {
    const requestId = randomUUID();
    let service: Service | undefined;
    try {
      const scope = signedScope(request);
      if (!scope) throw new AwsError("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
      service = this.services.get(scope.service);
      if (!service) throw new AwsError("UnknownService", 404, `service ${scope.service} is not simulated`);
      const identity = this.authenticate(service, request, scope);
      const { operation, input } = await readRequest(service, request);
      const { region, accessKeyId } = scope;
      const ctx: Ctx = {
        identity,
        account: identity.account,
        region,
        service: scope.service,
        operation: operation.name,
        accessKeyId,
        requestId,
      };
      await this.before(ctx, input);
      const output = (await operation.handler(input, ctx)) ?? {};
      return writeResponse(service, operation, output as Record<string, unknown>, requestId);
    } catch (error) {
      return writeError(service, error, requestId);
    }
  }

  /** A server of this alone, on loopback; port 0 takes a free one. */
  async listen(port = 0): Promise<{ server: Server; url: string }> {
    const server = createServer((incoming, outgoing) => {
      receive(incoming)
        .then(async (request) => send(await this.handle(request), outgoing, { isHead: request.method === "HEAD" }))
        .catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
    });
    await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  private authenticate(service: Service, request: WireRequest, scope: NonNullable<ReturnType<typeof signedScope>>) {
    const isEc2 = service.protocol === "ec2Query";
    const identity = this.identify(scope.accessKeyId);
    if (!identity || (identity.sessionToken ?? "") !== (request.headers["x-amz-security-token"] ?? ""))
      throw new AwsError(
        isEc2 ? "AuthFailure" : "InvalidClientTokenId",
        403,
        "The security token included in the request is invalid.",
      );
    if (identity.expires !== undefined && identity.expires <= Date.now())
      throw new AwsError(
        isEc2 ? "RequestExpired" : "ExpiredToken",
        isEc2 ? 400 : 403,
        "The security token included in the request is expired",
      );
    if (!isSignedBy(request, identity.secretAccessKey, scope))
      throw new AwsError(
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      );
    return identity;
  }
}
