import { LambdaClient, ListFunctionsCommand, ListTagsCommand } from "@aws-sdk/client-lambda";
import { pageSize, paginate } from "../paginate";
import { AwsError, type Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";

const invalid = "InvalidParameterValueException";

export function registerLambda(sim: Sim, at: AccountPlace): void {
  sim.service(new LambdaClient(clientConfig));

  sim.on(ListFunctionsCommand)((input, ctx) => {
    // AWS takes numbers up to 10,000 and never gives more than 50.
    const asked = pageSize(input.MaxItems, { low: 1, most: 10_000, byDefault: 50, code: invalid });
    const { page, next } = paginate(at.region(ctx).functions, {
      operation: "functions",
      token: input.Marker,
      size: Math.min(50, asked),
      invalid: new AwsError(invalid, 400, "The marker is not valid."),
    });
    return { Functions: page, NextMarker: next };
  });

  sim.on(ListTagsCommand)((input, ctx) => ({ Tags: at.region(ctx).tags.get(input.Resource ?? "") ?? {} }));
}
