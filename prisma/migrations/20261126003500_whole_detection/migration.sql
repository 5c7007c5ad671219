-- A look at a few resources alone is no detection of the stack: when the whole of it was last detected is known apart.
ALTER TABLE "CloudFormationStack" ADD COLUMN "wholeDetectedAt" TIMESTAMPTZ(3);

-- Row-level security is forced upon the owner, who fills in here what is known of all tenants.
ALTER TABLE "CloudFormationStack" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "DriftDetectionJob" NO FORCE ROW LEVEL SECURITY;
UPDATE "CloudFormationStack" s SET "wholeDetectedAt" = least(s."detectedAt", (
  SELECT max(j."startedAt") FROM "DriftDetectionJob" j
  WHERE j."stackId" = s."id" AND j."kind" = 'STACK' AND j."verdict" IS NOT NULL))
WHERE s."detectedAt" IS NOT NULL;
ALTER TABLE "CloudFormationStack" FORCE ROW LEVEL SECURITY;
ALTER TABLE "DriftDetectionJob" FORCE ROW LEVEL SECURITY;
