-- What runs at AWS has its place in its lane until AWS has ended it, whatever became of the job here.
ALTER TABLE "DriftDetectionJob" ADD COLUMN "holdsPlaceUntil" TIMESTAMPTZ(3);

-- Row-level security is forced upon the owner, who fills in here what is known of all tenants.
ALTER TABLE "DriftDetectionJob" NO FORCE ROW LEVEL SECURITY;
UPDATE "DriftDetectionJob" SET "holdsPlaceUntil" = now() + interval '1 hour'
WHERE "status" = 'DETECTION_IN_PROGRESS' OR ("status" = 'QUEUED' AND "startedAt" IS NOT NULL);
ALTER TABLE "DriftDetectionJob" FORCE ROW LEVEL SECURITY;

-- A lane's places are counted with every claim: few of a long history.
CREATE INDEX "DriftDetectionJob_places" ON "DriftDetectionJob" ("accountId", "region") WHERE "holdsPlaceUntil" IS NOT NULL;

GRANT SELECT ("stackId", "holdsPlaceUntil"), UPDATE ("holdsPlaceUntil") ON "DriftDetectionJob" TO cloudguard_system;
