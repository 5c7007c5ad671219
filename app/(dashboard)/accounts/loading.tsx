export { AccountsSkeleton as default } from "@/components/accounts/accounts-skeleton";
