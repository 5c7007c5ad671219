import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { rateOf } from "../rates";
import { required, sortedBy, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const lambdaFunction = defineCollector({
  type: "AWS::Lambda::Function",
  label: "Lambda function",
  shortName: "lambda",
  scope: "regional",
  permissions: ["lambda:ListFunctions"],
  rate: rateOf("lambda", "ListFunctions"),
  tagSweep: "lambda:function",
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/lambda/home?region=${region}#/functions/${encodeURIComponent(nativeId)}`,

  async *collect(aws) {
    const { paginateListFunctions } = await import("@aws-sdk/client-lambda");
    for await (const page of paginateListFunctions({ client: await aws.lambda(), pageSize: 50 }, {})) {
      yield (page.Functions ?? []).map((fn) => toResource(fn, aws.place));
    }
  },

  async probe(aws) {
    const { ListFunctionsCommand } = await import("@aws-sdk/client-lambda");
    return (await aws.lambda()).send(new ListFunctionsCommand({ MaxItems: 1 }));
  },
});

/** `Environment` is dropped: it carries secrets. */
export function toResource(
  { Environment: _secret, ...fn }: FunctionConfiguration,
  { region }: Place,
): CollectedResource {
  return {
    nativeId: required(fn.FunctionName),
    arn: required(fn.FunctionArn),
    name: required(fn.FunctionName),
    region,
    state: fn.State ?? null,
    facts: {
      runtime: fn.Runtime ?? (fn.PackageType === "Image" ? "container image" : undefined),
      memoryMb: fn.MemorySize,
      timeoutSeconds: fn.Timeout,
      codeSizeBytes: fn.CodeSize,
      architecture: fn.Architectures?.join(", "),
      handler: fn.Handler,
      lastModifiedAt: fn.LastModified,
    },
    config: withoutSecrets({ ...fn, Layers: sortedBy(fn.Layers, ({ Arn }) => Arn) }),
    // AWS says when a function was last changed and never when it was made.
    createdAt: null,
  };
}
