"use client";
import { useDeferredValue } from "react";
import { readError, type ReadableError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import type { IgnorePreview } from "@/server/drift/views";
import type { IgnoreScopeInput } from "./ignore-scope";

export interface ShownPreview {
  preview: IgnorePreview | undefined;
  /** The preview is of this very scope and was read just now: a rule may be saved by it. */
  isCurrent: boolean;
  error: ReadableError | null;
  retry(): void;
}

/** What a rule of that scope would hide now; while it is looked up, what the scope before would. `null` asks nothing. */
export function useIgnorePreview(scope: IgnoreScopeInput | null): ShownPreview {
  const wanted = JSON.stringify(scope);
  // While somebody types, the look-up comes after the drawing.
  const asked = useDeferredValue(wanted);
  const query = trpc.drift.ignoreRules.preview.useQuery((JSON.parse(asked) as IgnoreScopeInput | null) ?? {}, {
    enabled: asked !== "null",
    staleTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
  const isOfScope = scope !== null && asked === wanted && !query.isPlaceholderData && !query.isFetching;
  return {
    preview: scope === null ? undefined : query.data,
    isCurrent: isOfScope && query.isSuccess,
    error: scope === null || query.error === null ? null : readError(query.error),
    retry: () => void query.refetch(),
  };
}
