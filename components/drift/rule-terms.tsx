import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { expiries, type Expiry } from "./ignore-scope";

interface RuleTermsProps {
  reason: string;
  onReason(reason: string): void;
  reasonError?: string;
  expiry: Expiry;
  onExpiry(expiry: Expiry): void;
  expiryError?: string;
}

/** Why a rule is made, and until when it holds. */
export function RuleTerms({ reason, onReason, reasonError, expiry, onExpiry, expiryError }: RuleTermsProps) {
  return (
    <>
      <Field label="Why" error={reasonError} hint="For whoever reads it in a year.">
        {(wiring) => (
          <Input {...wiring} value={reason} onChange={(event) => onReason(event.target.value)} autoComplete="off" />
        )}
      </Field>
      <Field label="Ends" error={expiryError}>
        {(wiring) => (
          <Select
            {...wiring}
            value={expiry}
            onChange={(event) => onExpiry(expiries.find(({ value }) => value === event.target.value)?.value ?? "never")}
          >
            {expiries.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

/** What is wrong with a reason; empty where it will do. */
export function whyNotEnough(reason: string): string {
  return reason.trim().length < 3 ? "Say why, for whoever reads it in a year." : "";
}
