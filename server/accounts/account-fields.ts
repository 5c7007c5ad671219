/** Pure: what may be entered for an account, by people and by programs. */
import { z } from "zod";

export const accountName = z
  .string()
  .trim()
  .min(1, "Give the account a name.")
  .max(100, "Use at most 100 characters.")
  .regex(/^\P{Cc}*$/u, "A name has no control characters.");

export const awsAccountId = z
  .string()
  .trim()
  .regex(/^\d{12}$/, "An AWS account number has exactly 12 digits.");

const notARegion = "This is not a region's name, or not of AWS's standard partition. It looks like eu-west-1.";

/** The form of the `aws` partition's regions: neither us-gov-west-1 nor cn-north-1. Which exist, the account itself says. */
export const regionName = z
  .string()
  .trim()
  .max(50)
  .regex(/^[a-z]{2}-(central|(north|south)(east|west)?|east|west)-\d{1,2}$/, notARegion)
  .refine((name) => !name.startsWith("cn-"), notARegion);
