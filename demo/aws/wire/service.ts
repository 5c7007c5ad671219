import { NormalizedSchema } from "@smithy/core/schema";
import { bodySchema, membersOf, struct, type Members, type Untyped } from "./schemas";

export interface Operation {
  name: string;
  input: NormalizedSchema;
  output: NormalizedSchema;
  bodyIn: Untyped;
  bodyOut: Untyped;
  /** The element that a query protocol wraps the output in. */
  envelope: Untyped;
  handler: (input: Untyped, ctx: Untyped) => unknown;
  route: Route | null;
}

export interface Route {
  method: string;
  pattern: RegExp;
  labels: string[];
  /** Parameters that tell the operation from others on the same path; null takes any value. */
  query: [name: string, value: string | null][];
  status: number;
  needsBucket: boolean;
}

/** One service, learnt from its SDK client: protocol, signing name, namespaces, errors and, one by one, its operations. */
export class Service {
  readonly operations = new Map<string, Operation>();
  /** Those with a path of their own, the most particular first. */
  readonly routed: (Operation & { route: Route })[] = [];
  readonly protocol: string;
  readonly signingName: string;
  /** The service's name inside the SDK's schemas. */
  readonly namespace: string;
  readonly xmlNamespace: string;
  readonly isQueryCompatible: boolean;
  readonly codec: Untyped;
  private readonly errors: Untyped[];

  constructor({ config }: { config: Untyped }) {
    const { protocol, protocolSettings } = config;
    this.protocol = protocol.getShapeId().split("#")[1];
    this.signingName = config.signingName ?? config.defaultSigningName;
    this.xmlNamespace = protocolSettings.xmlNamespace ?? "";
    this.namespace = protocolSettings.defaultNamespace;
    this.isQueryCompatible = Boolean(protocolSettings.awsQueryCompatible);
    this.errors = protocolSettings.errorTypeRegistries ?? [];
    protocol.setSerdeContext(config);
    this.codec = this.protocol.endsWith("Query") ? undefined : protocol.getPayloadCodec();
  }

  /** `schema` is the command's own: [9, namespace, name, traits, input, output]. */
  add(schema: Untyped, handler: Operation["handler"]): void {
    const [, , name, traits, input, output] = schema;
    const operation: Operation = {
      name,
      handler,
      input: NormalizedSchema.of(input),
      output: NormalizedSchema.of(output),
      bodyIn: bodySchema(input),
      bodyOut: bodySchema(output),
      envelope: this.protocol === "ec2Query" ? ec2Envelope(name, output) : queryEnvelope(name, output),
      route: null,
    };
    if (traits?.http) operation.route = this.routeOf(traits.http, operation.input);
    this.operations.set(name, operation);
    if (operation.route) this.routed.push(operation as Operation & { route: Route });
    this.routed.sort((a, b) => rank(b.route) - rank(a.route));
  }

  /** The schema of an error that the service's model names; undefined for any other. */
  errorSchema(name: string): Untyped {
    for (const registry of this.errors)
      try {
        return registry.getSchema(`${this.namespace}#${name}`);
      } catch {
        // A registry throws at what it does not hold; the next one may.
      }
    return undefined;
  }

  private routeOf([method, uri, status]: [string, string, number], input: NormalizedSchema): Route {
    const [path = "/", query] = uri.split("?");
    const labels: string[] = [];
    const pattern = path
      .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
      .replace(/\{(\w+)(\\\+)?\}/g, (_, label: string, isGreedy) => {
        labels.push(label);
        return isGreedy ? "(.+)" : "([^/]+)";
      });
    return {
      method,
      labels,
      status,
      pattern: new RegExp(`^${pattern}/?$`),
      // `x-id` only repeats the operation's name, and clients other than the JavaScript SDK leave it out.
      query: [...new URLSearchParams(query ?? "")]
        .filter(([key]) => key !== "x-id")
        .map(([key, value]) => [key, value === "" ? null : value]),
      needsBucket: this.signingName === "s3" && input.isStructSchema() && "Bucket" in input.getMemberSchemas(),
    };
  }
}

/** More parameters and fewer labels make a route more particular. */
const rank = ({ query, labels }: Route) => query.length * 10 - labels.length;

const metadata = struct("ResponseMetadata", [["RequestId", 0]]);

function ec2Envelope(name: string, output: Untyped): Untyped {
  return struct(`${name}Response`, [...membersOf(output), ["requestId", 0]]);
}

function queryEnvelope(name: string, output: Untyped): Untyped {
  const result: Members = membersOf(output).length > 0 ? [[`${name}Result`, output]] : [];
  return struct(`${name}Response`, [...result, ["ResponseMetadata", () => metadata]]);
}
