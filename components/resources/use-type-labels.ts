"use client";
import { trpc } from "@/components/trpc";

/** Labels of the resource types, "RDS instance" for `AWS::RDS::DBInstance`, from the list that came with the page. */
export function useTypeLabels(): (type: string) => string {
  const types = trpc.resources.facets.useQuery({}).data?.types ?? [];
  return (type) => types.find((known) => known.type === type)?.label ?? type;
}
