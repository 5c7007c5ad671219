export { StacksSkeleton as default } from "@/components/drift/stacks-skeleton";
