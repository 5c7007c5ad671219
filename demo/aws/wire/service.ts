import type { NormalizedSchema } from "@smithy/core/schema";
import type { Codec, SerdeFunctions, StaticStructureSchema } from "@smithy/types";
import type { Ctx } from "./sim";
import { httpBinding, type HttpBinding } from "./http-route";
import { bodyOf, membersOf, normalized, structure, text, type Members, type SchemaRef } from "./schema";

/** An operation's handler with its types erased; `Sim.on` has checked them against the command. */
export type Handler = (input: unknown, ctx: Ctx) => unknown;

export interface Operation {
  name: string;
  input: NormalizedSchema;
  output: NormalizedSchema;
  handler: Handler;
  bodyIn: StaticStructureSchema;
  bodyOut: StaticStructureSchema;
  /** What the query protocols wrap the output in. */
  envelope: StaticStructureSchema;
  /** Only the REST protocols have one. */
  http: HttpBinding | null;
}

/** The SDK's static form of an operation: a tag, namespace, name, traits, input and output. */
export type OperationSchema = [
  tag: 9,
  namespace: string,
  name: string,
  traits: unknown,
  input: SchemaRef,
  output: SchemaRef,
];

/** What a simulated service is known by, learnt from a client of it: its protocol, its signing name, its error shapes. */
export class Service {
  readonly protocol: string;
  readonly signingName: string;
  readonly xmlNamespace: string;
  readonly namespace: string;
  readonly isQueryCompatible: boolean;
  readonly operations = new Map<string, Operation>();
  private readonly errorRegistries: ErrorRegistry[];
  private readonly payloadCodec: PayloadCodec | null;
  private routes: Operation[] = [];

  constructor(client: AnyClient) {
    const config = runtimeConfig(client);
    this.protocol = config.protocol.getShapeId().split("#")[1] ?? "";
    this.signingName = config.signingName ?? config.defaultSigningName;
    this.xmlNamespace = config.protocolSettings.xmlNamespace ?? "";
    this.namespace = config.protocolSettings.defaultNamespace;
    this.isQueryCompatible = config.protocolSettings.awsQueryCompatible === true;
    this.errorRegistries = config.protocolSettings.errorTypeRegistries ?? [];
    config.protocol.setSerdeContext(config);
    // The query protocols' codec writes parameters; their answers are XML of our own making.
    this.payloadCodec = this.protocol.endsWith("Query") ? null : config.protocol.getPayloadCodec();
  }

  /** A handler registered again replaces the one before. */
  add([, , name, traits, input, output]: OperationSchema, handler: Handler): void {
    this.operations.set(name, {
      name,
      input: normalized(input),
      output: normalized(output),
      handler,
      bodyIn: bodyOf(input),
      bodyOut: bodyOf(output),
      envelope: this.protocol === "ec2Query" ? ec2Envelope(name, output) : queryEnvelope(name, output),
      http: httpBinding(traits, this.signingName === "s3" && hasMember(input, "Bucket")),
    });
    this.routes = [...this.operations.values()]
      .filter(({ http }) => http !== null)
      .sort((a, b) => b.http!.rank - a.http!.rank);
  }

  /** The REST operations, the most particular route first. */
  get byRoute(): readonly Operation[] {
    return this.routes;
  }

  get codec(): PayloadCodec {
    if (!this.payloadCodec) throw new Error(`${this.signingName} speaks ${this.protocol}, which has no payload codec`);
    return this.payloadCodec;
  }

  /** The schema of an exception that the service's model declares. */
  errorSchema(name: string): SchemaRef | undefined {
    for (const registry of this.errorRegistries) {
      try {
        return registry.getSchema(`${this.namespace}#${name}`);
      } catch {
        // A registry throws on what it does not hold; the next one may hold it.
      }
    }
    return undefined;
  }
}

/** Any client of the SDK. What the simulation reads of one is internal to the SDK and has no public type. */
export interface AnyClient {
  readonly config: unknown;
}

type PayloadCodec = Codec<string | Uint8Array, string | Uint8Array>;

interface ErrorRegistry {
  getSchema(shapeId: string): SchemaRef;
}

interface RuntimeConfig extends SerdeFunctions {
  signingName?: string;
  defaultSigningName: string;
  protocol: { getShapeId(): string; setSerdeContext(context: SerdeFunctions): void; getPayloadCodec(): PayloadCodec };
  protocolSettings: {
    xmlNamespace?: string;
    defaultNamespace: string;
    awsQueryCompatible?: boolean;
    errorTypeRegistries?: ErrorRegistry[];
  };
}

/** Every schema-driven client (all of SDK 3.8xx and later) has these fields; another one is refused here. */
function runtimeConfig({ config }: AnyClient): RuntimeConfig {
  const candidate = config as Partial<RuntimeConfig>;
  if (!candidate.protocol?.getShapeId || !candidate.protocolSettings)
    throw new Error("this client does not carry its protocol: it is older than the SDK's runtime schemas");
  return candidate as RuntimeConfig;
}

function hasMember(input: SchemaRef, name: string): boolean {
  return membersOf(input).some(([member]) => member === name);
}

function ec2Envelope(operation: string, output: SchemaRef): StaticStructureSchema {
  return structure(`${operation}Response`, [...membersOf(output), ["requestId", text]]);
}

function queryEnvelope(operation: string, output: SchemaRef): StaticStructureSchema {
  const result: Members = membersOf(output).length > 0 ? [[`${operation}Result`, output]] : [];
  return structure(`${operation}Response`, [...result, ["ResponseMetadata", () => responseMetadata]]);
}

const responseMetadata = structure("ResponseMetadata", [["RequestId", text]]);
