export { StackSkeleton as default } from "@/components/drift/stack-skeleton";
