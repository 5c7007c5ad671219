"use client";
import { useQueryStates } from "nuqs";
import { scopeParams } from "./scope-params";

/** The account and region scope of the address, and how to change it. */
export function useScope() {
  const [scope, setScope] = useQueryStates(scopeParams, { history: "push" });
  return { scope, setScope };
}
