import { Refusal } from "./errors";
import type { Service } from "./service";

/** The one trouble in each protocol's own words: clients tell what to do next by code and status. */
type Spelling = [code: string, status: number];
type Protocols = { ec2Query: Spelling; awsQuery: Spelling; restXml: Spelling; restJson1: Spelling; awsJson: Spelling };

export type Trouble =
  "unknownKey" | "badSignature" | "expired" | "notEnabledRegion" | "throttled" | "denied" | "broken";

/** The error that the service tells `trouble` by; `message` where AWS's own words say more than ours. */
export function refusal(
  { protocol, service }: Pick<Service, "protocol"> & { service?: string },
  trouble: Trouble,
  message = messages[trouble],
): Refusal {
  // Cost Explorer has a word of its own for it.
  if (service === "ce" && trouble === "throttled") return new Refusal("LimitExceededException", 400, message);
  const spelling = spellings[trouble];
  const [code, status] = protocol.startsWith("awsJson") ? spelling.awsJson : spelling[protocol as keyof Protocols];
  return new Refusal(code, status, message);
}

const spellings: Record<Trouble, Protocols> = {
  unknownKey: {
    ec2Query: ["AuthFailure", 401],
    awsQuery: ["InvalidClientTokenId", 403],
    restXml: ["InvalidAccessKeyId", 403],
    restJson1: ["UnrecognizedClientException", 403],
    awsJson: ["UnrecognizedClientException", 400],
  },
  badSignature: {
    ec2Query: ["SignatureDoesNotMatch", 403],
    awsQuery: ["SignatureDoesNotMatch", 403],
    restXml: ["SignatureDoesNotMatch", 403],
    restJson1: ["InvalidSignatureException", 403],
    awsJson: ["InvalidSignatureException", 400],
  },
  expired: {
    ec2Query: ["RequestExpired", 400],
    awsQuery: ["ExpiredToken", 403],
    restXml: ["ExpiredToken", 400],
    restJson1: ["ExpiredTokenException", 403],
    awsJson: ["ExpiredTokenException", 400],
  },
  notEnabledRegion: {
    ec2Query: ["AuthFailure", 401],
    awsQuery: ["InvalidClientTokenId", 403],
    restXml: ["IllegalLocationConstraintException", 400],
    restJson1: ["UnrecognizedClientException", 403],
    awsJson: ["UnrecognizedClientException", 400],
  },
  throttled: {
    ec2Query: ["RequestLimitExceeded", 503],
    awsQuery: ["Throttling", 400],
    restXml: ["SlowDown", 503],
    restJson1: ["TooManyRequestsException", 429],
    awsJson: ["ThrottlingException", 400],
  },
  denied: {
    ec2Query: ["UnauthorizedOperation", 403],
    awsQuery: ["AccessDenied", 403],
    restXml: ["AccessDenied", 403],
    restJson1: ["AccessDeniedException", 403],
    awsJson: ["AccessDeniedException", 400],
  },
  broken: {
    ec2Query: ["InternalError", 500],
    awsQuery: ["InternalFailure", 500],
    restXml: ["InternalError", 500],
    restJson1: ["ServiceException", 500],
    awsJson: ["InternalServerError", 500],
  },
};

const messages: Record<Trouble, string> = {
  unknownKey: "The security token included in the request is invalid.",
  badSignature:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
  expired: "The security token included in the request is expired",
  notEnabledRegion: "AWS was not able to validate the provided access credentials",
  throttled: "Rate exceeded",
  denied: "Access Denied",
  broken: "An internal error occurred.",
};
