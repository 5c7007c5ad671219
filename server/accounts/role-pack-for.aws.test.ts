import { beforeAll, expect, it } from "vitest";
import { rolePackFor } from "./role-pack-for";

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgresql://localhost/unused",
    AWS_ENDPOINT_URL: "http://127.0.0.1:9", // nobody listens on the discard port
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
  });
});

it("says what to do when CloudGuard cannot learn whom customers should trust", async () => {
  const issued = { id: "1", value: "x-1", awsAccountId: "123456789012", name: "A", region: "us-east-1", usedAt: null };
  await expect(rolePackFor(issued)).rejects.toMatchObject({
    code: "BAD_GATEWAY",
    message: expect.stringContaining("CLOUDGUARD_PRINCIPAL_ARN") as string,
  });
});
