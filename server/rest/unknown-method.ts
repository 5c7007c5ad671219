import { newRequestId } from "../context";
import { knownMethods } from "../known-methods";
import { refusal } from "./refusal";

/**
 * The answer to a method that nothing here has, or null where it is one that routes know. The framework's own would have neither
 * a request id nor a body.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.6.2 (501 for a method that a server does not recognise)
 */
export function unknownMethod(method: string): Response | null {
  if (knownMethods.has(method)) return null;
  const message = `This server knows no such method. It knows ${[...knownMethods].join(", ")}.`;
  return refusal({ code: "METHOD_NOT_SUPPORTED", status: 501, message }, newRequestId());
}
