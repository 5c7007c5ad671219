export { ResourcesSkeleton as default } from "@/components/resources/resources-skeleton";
