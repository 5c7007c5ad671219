"use client";
import { createContext, useContext, type ReactNode } from "react";

interface Rights {
  /** May connect, disconnect, pause and set rules here. The server refuses others whatever the page shows. */
  isAdmin: boolean;
}

const RightsContext = createContext<Rights>({ isAdmin: false });

/** What the person may do in the tenant that they work for just now, as the server read it from the session. */
export function RightsProvider({ isAdmin, children }: Rights & { children: ReactNode }) {
  return <RightsContext value={{ isAdmin }}>{children}</RightsContext>;
}

export function useRights(): Rights {
  return useContext(RightsContext);
}
