/** On every answer, files and errors too. The content security policy, with its nonce, is the middleware's. */
const securityHeaders = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Cross-Origin-Opener-Policy": "same-origin-allow-popups", // Clerk signs in with other providers in a popup
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  ...(process.env.NODE_ENV === "production" && {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains", // browsers ignore it where it comes by http
  }),
};

/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  // A fresh clone builds once: writing what a second build could reuse takes a quarter of its time.
  experimental: { turbopackFileSystemCacheForBuild: false },
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  // Read at run time: /api/health/ready compares the migrations of this version with the database's.
  outputFileTracingIncludes: { "/api/health/ready": ["./prisma/**"] },
  headers: async () => [
    { source: "/:path*", headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
  ],
  // Browsers ask for it where an answer names no icon, as a program's JSON does.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
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
    "@aws-sdk/client-cost-explorer",
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
