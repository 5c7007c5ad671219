export { CostSkeleton as default } from "@/components/cost/cost-skeleton";
