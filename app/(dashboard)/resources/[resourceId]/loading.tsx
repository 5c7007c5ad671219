export { ResourceSkeleton as default } from "@/components/resources/resource-skeleton";
