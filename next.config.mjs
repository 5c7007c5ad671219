/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  // Read at run time: /api/health/ready compares the migrations of this version with the database's.
  outputFileTracingIncludes: { "/api/health/ready": ["./prisma/**"] },
  // Loaded from node_modules at run time: bundling them is slow and breaks pino's and pg's own lookups.
  serverExternalPackages: [
    "pg",
    "pino",
    "prom-client",
    "@opentelemetry/api",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-node",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@aws-sdk/client-cloudformation",
    "@aws-sdk/client-dynamodb",
    "@aws-sdk/client-ec2",
    "@aws-sdk/client-elastic-load-balancing-v2",
    "@aws-sdk/client-iam",
    "@aws-sdk/client-lambda",
    "@aws-sdk/client-rds",
    "@aws-sdk/client-resource-groups-tagging-api",
    "@aws-sdk/client-s3",
    "@aws-sdk/client-sts",
  ],
  // Types are checked once, by `npm run type-check`.
  typescript: { ignoreBuildErrors: true },
};
