export { IgnoreRulesSkeleton as default } from "@/components/drift/ignore-rules-skeleton";
